"""One file a portal page: a layout from URL state, and callbacks that parse, ask the door, and draw."""

from dash import Dash


def attach_all(app: Dash) -> None:
    """Gives every page and callback to this Dash app."""
    from pages import (  # noqa: F401  # importing registers them
        accounts,
        benchmarks,
        compare,
        factory_actions,
        factory_lists,
        file_import,
        footprint,
        home,
        imports,
        indicators,
        looks,
        measures,
        method,
        navigation,
        not_found_404,
        overview,
        registry,
        requests,
        service,
        sharing,
        suppliers,
        timeline,
    )

    registry.attach(app)

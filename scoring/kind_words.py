"""Kinds of action as they stand in the middle of a sentence: "after rush orders", "after late payments"."""

from collections.abc import Mapping

PLURALS: Mapping[str, str] = {
    "order_cancelled_before_production": "orders cancelled before production",
    "order_cancelled_in_production": "orders cancelled in production",
    "shipment_postponed": "postponed shipments",
    "rush_order": "rush orders",
    "payment_late": "late payments",
    "terms_lengthened": "lengthened payment terms",
    "price_cut": "price cuts",
    "price_below_cost": "orders priced below cost",
    "penalty_charged": "penalties and chargebacks",
    "spec_changed": "late changes of specification",
    "approval_late": "late approvals",
    "forecast_wrong": "wrong forecasts",
    "volume_raised": "orders pushed up",
    "volume_cut": "orders pulled down",
    "orders_fragmented": "smaller and more varied orders",
    "incoterm_shifted": "delivery terms moved against the factory",
    "nominated_material_late": "late nominated material",
    "buyer_exit": "a buyer’s exit",
    "goods_rejected": "rejected goods",
    "duplicate_audit": "duplicate audits",
    "wage_rise_unpaid": "unpaid wage rises",
    "unwritten_order": "unwritten orders",
    "payment_early": "early payments",
    "more_time_given": "more time given",
    "price_raised": "prices raised for wages",
    "cancellation_cost_paid": "cancellation costs paid",
    "stable_commitment": "steadier orders",
    "remedy_cofunded": "co-funded remedies",
    "shipment_late": "late shipping",
}


def after_kind(kind: str, name: str) -> str:
    """What went before: "after rush orders"; a kind that nobody described is named as it was written."""
    return f"after {PLURALS.get(kind) or f'actions of the kind “{name}”'}"

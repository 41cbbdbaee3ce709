"""Every setting of Seamline, in one frozen object read from the environment (`SEAMLINE_…`)."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a deployment may change. Each field is an environment variable: `SEAMLINE_HOME`, `SEAMLINE_PORT`…"""

    model_config = SettingsConfigDict(env_prefix="SEAMLINE_", frozen=True)

    home: Path = Path("var")
    """Where everything lives that must survive: vault, releases, effects, state, keys."""
    state_url: str | None = None
    """SQLAlchemy URL of the state store; SQLite inside the home when empty."""
    host: str = "127.0.0.1"
    """Address the portal listens on."""
    port: int = 8050
    """Port the portal listens on."""
    https: bool = False
    """True behind TLS: cookies become Secure and `__Host-`, and HSTS is sent."""
    source_url: str | None = None
    """Where the source of what runs can be had; the licence asks operators of a changed Seamline to offer it."""
    threads: int = 2
    """DuckDB threads per connection."""
    memory: str = "2GB"
    """DuckDB memory limit per connection."""
    vault_wait: float = 60.0
    """Seconds to wait for the vault before saying who holds it."""

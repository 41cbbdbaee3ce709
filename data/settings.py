"""Every setting of Seamline, in one frozen object read from the environment (`SEAMLINE_…`)."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator
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
    url: str | None = None
    """The address under which people reach the portal, for links in invitations; host and port when empty."""
    proxies: int = Field(default=0, ge=0, le=9)
    """How many proxies stand before the portal; so many names of X-Forwarded-For are believed, none with 0."""
    downloads_a_minute: int = Field(default=60, ge=1)
    """How many files one account may take within a minute, counted by each process of the portal apart."""
    downloads_an_hour: int = Field(default=600, ge=1)
    """The same within an hour."""
    pushes_a_minute: int = Field(default=60, ge=1)
    """How many requests one token may make within a minute, counted by each process of the portal apart."""
    pushes_an_hour: int = Field(default=1200, ge=1)
    """The same within an hour."""
    source_url: str | None = None
    """Where the source of what runs can be had; the licence asks operators of a changed Seamline to offer it."""
    threads: int = 2
    """DuckDB threads per connection."""
    memory: str = "2GB"
    """DuckDB memory limit per connection."""
    vault_wait: float = 60.0
    """Seconds to wait for the vault before saying who holds it."""

    @field_validator("url")
    @classmethod
    def _whole_address(cls, url: str | None) -> str | None:
        """The address without a slash at its end. Anything but a web address is refused when the portal starts."""
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise ValueError("must be an address such as https://portal.example")
        return url.rstrip("/")

    @property
    def address(self) -> str:
        """Where people reach the portal, without a slash at the end."""
        return self.url or f"http://{self.host}:{self.port}"

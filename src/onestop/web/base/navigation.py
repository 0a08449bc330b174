"""What stands in the head of each face. Faces register themselves in `AppConfig.ready`."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from onestop.accounts.rules import Principal
from onestop.web.base.permissions import Access, Need

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Item:
    """One link of a navigation: the route, its word, and who sees it (nobody in particular: everybody)."""

    route: str
    label: Words
    needs: tuple[Need, ...] = ()

    def is_for(self, principal: Principal | None) -> bool:
        """True if the link is of use to `principal`."""
        return not self.needs or Access(needs=self.needs).admits(principal)


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its name (also the namespace of its routes), its word, its first page, its links.

    `needs` is empty for a face open to everybody. `is_dense` chooses small type and tight rows.
    """

    name: str
    label: Words
    home: str
    items: tuple[Item, ...] = ()
    needs: tuple[Need, ...] = ()
    is_dense: bool = True
    order: int = field(default=50)

    def is_for(self, principal: Principal | None) -> bool:
        """True if `principal` may use this face."""
        return not self.needs or Access(needs=self.needs).admits(principal)


_FACES: dict[str, Face] = {}


def register(face: Face) -> None:
    """Make a face known; called once, from its `AppConfig.ready`."""
    _FACES[face.name] = face


def find_face(name: str) -> Face | None:
    """Return the face of that name, or None."""
    return _FACES.get(name)


def list_faces(principal: Principal | None) -> list[Face]:
    """Return the faces that `principal` may use: those for the own work first."""
    faces = [face for face in _FACES.values() if face.is_for(principal)]
    return sorted(faces, key=lambda face: (not face.needs, face.order))

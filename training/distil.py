"""A trained network in, a smaller one out that keeps some of its layers, to be taught by it."""

from __future__ import annotations

from training.encoder import Encoder, Shape


def student_of(teacher: Encoder, layers: tuple[int, ...]) -> Encoder:
    """Return a network that keeps some layers (by their place in the teacher) and all else of the teacher."""
    kept = tuple(teacher.shape.layers[place] for place in layers)
    student = Encoder(Shape(layers=kept), teacher.dropout)
    weights = {name: value for name, value in teacher.state_dict().items() if not name.startswith("layers.")}
    for new, old in enumerate(layers):
        prefix = f"layers.{old}."
        weights |= {
            f"layers.{new}.{name.removeprefix(prefix)}": value for name, value in teacher.state_dict().items() if name.startswith(prefix)
        }
    student.load_state_dict(weights)
    return student

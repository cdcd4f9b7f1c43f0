"""Every table of this room."""

from regional.phone.declaration_models import Declaration, DeclarationText
from regional.phone.handover_models import NoteRead, ShiftNote
from regional.phone.rota_models import Absence, DatedShift, OpeningHours, OtherDay, ShiftFeed, ShiftSwap, WeeklyShift
from regional.phone.training_models import Course, CourseList

__all__ = [
    "Absence", "Course", "CourseList", "DatedShift", "Declaration", "DeclarationText", "NoteRead", "OpeningHours",
    "OtherDay", "ShiftFeed", "ShiftNote", "ShiftSwap", "WeeklyShift",
]  # fmt: skip

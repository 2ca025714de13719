"""What is still needed and the next step, in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "progress.left_this_year": N_(
        "Từ nay đến hết năm {year} còn phải đạt thêm {left:^1} {unit} để bằng {goal:=}% số giao."
    ),
    "progress.goal_of_the_year_reached": N_("Đã đạt mức {goal:=}% số giao năm {year}."),
    "progress.needed_rate": N_("Từ nay {told}."),
    "progress.needed_a_year": N_("Theo số đã thực hiện, từ nay mỗi năm cần {amount:^1} {unit}."),
    "step.next": N_("{milestone}{task}"),
    "step.milestone": N_("Mốc {step}. "),
    "step.tasks": N_("Nhiệm vụ {tasks}"),
    "step.task": N_("{clause}: {task}"),
    "step.no_task": N_("Chưa có nhiệm vụ nào phục vụ chỉ tiêu này"),
    "step.type_in": N_("Cần nhập: {what} năm {year}{due}"),
    "step.due": N_(", hạn {day}"),
    "step.type_in_more": N_("Cần nhập số liệu của chỉ tiêu: {what}"),
}

"""A small made-up commune, and what tests need of the machine."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
"""A frozen copy of the commune's data: its figures never change, whatever is added to `data/`."""

COMMUNE = """\
name = "xã Mẫu Sơn"
name_en = "Mau Son commune"
city = "tỉnh Ví Dụ"
area_km2 = 12.5
population = 10000
population_date = "2020-12-31"
population_definition = "thường trú"
predecessors = ["Mẫu", "Sơn"]
founded = "2021-01-01"
base_year = 2020
target_year = 2025
price_base = "not stated"
sectors = ["industry", "agriculture"]
"""

FILES = {
    "sources.csv": """\
source_id,title,publisher,url,published
plan,Kế hoạch 2021-2025,Đảng ủy xã,,2020
book,Niên giám,Cục Thống kê,,2021
guess,Giả định,,,
""",
    "targets.csv": """\
target_id,item,clause,group,name_vi,name_en,role,unit,kind,direction,value,value_high,base_year,target_year,price_basis,tolerance,owner,access,definition,version,source_id
9.1-industry,9(1),9(1),economy,Công nghiệp tăng,Industry grows,sector:industry,%/year,average_rate,at_least,9,,2020,2025,constant,,Phòng Kinh tế,public,,,plan
9.2-poor,9(2),9(2),society,Hộ nghèo,Poor households,poor_households,households,level_by,at_most,0,,2020,2025,n/a,,Phòng Văn hóa - Xã hội,public,,,plan
""",
    "tasks.csv": """\
task_id,clause,name_vi,name_en,target_ids
1,10.1,Phát triển công nghiệp,Develop industry,9.1-industry
""",
    "observations.csv": """\
series_id,year,period,value,low,high,unit,price_basis,status,origin,source_id,recorded_on,import_id,note
population,2020,FY,10000,,,people,n/a,final,official,book,2021-02-01,,
income_per_capita,2020,FY,40,38,42,million VND/person/year,current,estimate,assumption,guess,2021-02-01,,so với xã bên
9.2-poor,2020,FY,12,,,households,n/a,final,official,book,2021-02-01,,
9.2-poor,2021,FY,9,,,households,n/a,final,official,book,2022-02-01,,
9.2-poor,2021,FY,10,,,households,n/a,final,official,book,2022-06-01,,đính chính
""",
    "reference.csv": """\
entity,series_id,year_from,year,value,unit,price_basis,status,origin,confidence,source_id,note
Ví Dụ,grdp_growth,,2019,7.5,%/year,constant 2010,final,official,high,book,
Ví Dụ,grdp_growth,,2020,2.1,%/year,constant 2010,final,official,high,book,
Ví Dụ,grdp_growth,,2020,3.0,%/year,constant 2010,estimate,press,low,book,số ước cũ
Ví Dụ,grdp_growth,2021,2025,8,%/year,constant 2010,plan,official,high,book,
""",
    "breaks.csv": """\
series_id,year,why,source_id
Ví Dụ/grdp_growth,2020,cách tính mới,book
""",
    "scenarios.csv": """\
scenario,inherits,variable,year_from,year_to,value,unit,origin,source_id,approved_by,note
co_so,,share_industry,2020,2020,60,%,assumption,guess,,
co_so,,share_agriculture,2020,2020,40,%,assumption,guess,,
co_so,,growth_industry,2021,2025,8,%/year,assumption,guess,,
co_so,,growth_agriculture,2021,2025,2,%/year,assumption,guess,,
co_so,,inflation,2021,2025,3,%/year,press,book,,
co_so,,population_growth,2021,2025,1,%/year,press,book,,
co_so,,income_growth_real,2021,2025,5,%/year,assumption,guess,,
co_so,,buoyancy,2021,2025,1,ratio,assumption,guess,,
muc_tieu,co_so,growth_industry,2021,2025,9,%/year,statement,plan,,
""",
    "sharing.csv": """\
rule,stream,year_from,year_to,central,city,commune,city_returned,unassigned,cost_deducted_first,status,origin,source_id
half,commune_run,2021,2025,0,0.5,0.5,0,0,0,adopted,official,book
""",
    "plots.csv": """\
plot_id,name,stream,run_by,area_m2,saleable_share,price_low,price_mode,price_high,cost,year,quarter,sale_probability,origin,note
""",
}


def pytest_collection_modifyitems(config, items):
    """Leave out the notebooks' own items where their outputs are of other data.

    One test says so then: `test_notebooks.test_outputs_are_of_the_data_that_are_there`.
    """
    from laikhe_analysis.office.refresh import stale_notebooks

    if not any(item.path.suffix == ".ipynb" for item in items):
        return
    stale = {ROOT / "notebooks" / name for name in stale_notebooks(ROOT / "notebooks")}
    left_out = [item for item in items if item.path in stale]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.path not in stale]


def make_folder(beside: Path) -> Path:
    """Make the folder of a made-up commune and return it."""
    place = beside / "mau_son"
    place.mkdir()
    (place / "commune.toml").write_text(COMMUNE, encoding="utf-8")
    for name, content in FILES.items():
        (place / name).write_text(content, encoding="utf-8")
    return place


def make_filled(beside: Path, *more: str) -> Path:
    """Lay made-up figures of 2025 and nine months of 2026 over the frozen data; return the folder.

    `more` names further folders of `cases` whose rows are added.
    """
    folder = shutil.copytree(DATA, beside / "filled")
    for file in (
        file for case in ("filled", *more) for file in (ROOT / "tests/cases" / case).glob("*.csv")
    ):
        head, rows = file.read_text(encoding="utf-8").split("\n", 1)
        assert (folder / file.name).read_text(encoding="utf-8").startswith(head), file
        with (folder / file.name).open("a", encoding="utf-8") as out:
            out.write(rows)
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, (old, content.count(old))
    path.write_text(content.replace(old, new), encoding="utf-8")


def problems(folder: Path, **given):
    """Return what is wrong with a folder."""
    from laikhe_analysis.checks import DataError
    from laikhe_analysis.data import load

    with pytest.raises(DataError) as caught:
        load(folder, **given)
    return caught.value.problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a made-up commune."""
    return make_folder(tmp_path)


@pytest.fixture(scope="session")
def own_data():
    """Return the frozen data of the commune, read once."""
    from laikhe_analysis.data import load

    return load(DATA)


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """Return the frozen data with made-up figures laid over, read once: write nothing there."""
    from laikhe_analysis.data import load

    return load(make_filled(tmp_path_factory.mktemp("filled")), today="2026-11-27")


def program(*names: str) -> str:
    """Return the path of the first of these programs, or skip the test with the reason.

    Where LAIKHE_REQUIRE_ALL is set nothing may skip: the test fails.
    """
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    lacking(f"none of {', '.join(names)} is installed")


def lacking(reason: str) -> NoReturn:
    """Skip the test with the reason; fail where LAIKHE_REQUIRE_ALL is set."""
    if os.environ.get("LAIKHE_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


LETTERS = {*map(ord, "ĂăÂâĐđĨĩŨũƠơƯư"), *range(0x1EA0, 0x1EFA)}
"""Vietnamese letters beyond Latin-1."""


def serif_with_vietnamese_letters() -> str:
    """Return the font that stands for Times New Roman here: as wide, with Vietnamese letters."""
    from fontTools.ttLib import TTFont

    command = [program("fc-match"), "-f", "%{file}", "Times New Roman"]
    font = TTFont(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout, fontNumber=0
    )
    name, known = str(font["name"].getDebugName(6)), font.getBestCmap()
    width = font["hmtx"][known[ord("M")]][0] / font["head"].unitsPerEm
    if LETTERS - set(known):
        lacking(f"{name}, which stands for Times New Roman, lacks Vietnamese letters")
    if round(width, 3) != 0.889:
        lacking(f"{name}, which stands for Times New Roman, is not as wide")
    return name

"""The parts of the notebooks: tables, figures and sentences, or the reason why there is none."""

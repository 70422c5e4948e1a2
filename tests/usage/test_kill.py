from tests.lab import kill


def test_killed_anywhere_nothing_is_lost_and_nothing_is_doubled(capsys):
    figures = kill.run(20)
    with capsys.disabled():
        print(f"\n{figures}")
    assert figures.noted > 100
    assert (figures.lost, figures.doubled, figures.holes) == (0, 0, 0)

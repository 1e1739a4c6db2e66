"""Says on standard error what is being done and how long all of it will still take."""
import sys
import time


class Progress:
    def __init__(self, steps):
        """`steps` has the expected seconds of each step by name, in order."""
        self.steps, self.finished, self.start = dict(steps), set(), time.monotonic()
        self.current = None

    def begin(self, name):
        self.finish()
        self.current, self.step_start = name, time.monotonic()
        self.say("")

    def finish(self):
        if self.current:
            self.finished.add(self.current)
            self.current = None

    def say(self, text):
        """One line about the current step."""
        elapsed = time.monotonic() - self.start
        expected = sum(self.steps[name] for name in self.finished)
        # The pace so far corrects what was expected, once there is enough of it.
        pace = min(4.0, max(0.5, (elapsed - self.in_step()) / expected)) if expected > 10 else 1.0
        left = pace * sum(seconds for name, seconds in self.steps.items() if name not in self.finished)
        left = max(0.0, left - self.in_step())
        shown = f"{left / 60:.0f} min left" if left > 90 else f"{left:.0f} s left"
        print(f"[{elapsed:4.0f} s, {shown:>11}] {self.current}  {text}", file=sys.stderr, flush=True)

    def in_step(self):
        return time.monotonic() - self.step_start if self.current else 0.0

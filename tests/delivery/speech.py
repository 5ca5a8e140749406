"""A speech program for tests: reads a text on standard input and writes a WAV file with a tone for each word."""

import math
import struct
import sys
import wave

RATE = 8_000


def main() -> None:
    """Write the file named by the only argument."""
    words = sys.stdin.read().split()
    with wave.open(sys.argv[1], "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        for number in range(len(words) or 1):
            tone = 300 + 20 * (number % 20)
            beat = (int(8_000 * math.sin(2 * math.pi * tone * at / RATE)) for at in range(RATE // 50))
            file.writeframes(b"".join(struct.pack("<h", sample) for sample in beat))


if __name__ == "__main__":
    main()

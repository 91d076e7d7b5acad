import Glibc

/// Times in words, in the user's time zone.
enum Clock {
  /// Minutes since 1970.
  static var minute: Int { time(nil) / 60 }

  /// Milliseconds of a clock that only goes forward.
  static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// The time of day: `14:02`.
  static var timeOfDay: String { text(for: time(nil), "%H:%M") }

  /// A date with its time: `2026-01-31 14:02`.
  static func date(_ seconds: Int) -> String { text(for: seconds, "%Y-%m-%d %H:%M") }

  private static func text(for seconds: Int, _ format: String) -> String {
    var seconds = time_t(seconds)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return "" }
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, format, &parts)
    return String(decoding: text[..<count].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Printable keys and line ends as they arrive, to be recognised: typed text, Enter, or a paste of
/// a terminal that does not bracket it.
struct TypedText: Sendable {
  /// More keys than this within `window` are a paste.
  static let limit = 8
  /// In milliseconds.
  static let window = 20

  /// UTF-8 of the run, with its line ends as they came.
  private var run: [UInt8] = []
  /// The keys in `run`, and how many of its last bytes are line ends.
  private var keys = 0
  private var lineEnds = 0

  /// The keys of the burst that were given before, and when it began and last went on.
  private var earlier = 0
  private var began = 0
  private var last = 0
  private var now = 0

  /// Whether line ends wait for what follows: more of the paste, or nothing, which makes them keys.
  private(set) var isHolding = false

  /// Bytes arrive at this time.
  mutating func begin(at time: Int) {
    now = time
    let isFresh = now &- began > TypedText.window || now < began
    let goesOn = earlier > TypedText.limit && now &- last <= TypedText.window
    if isFresh && !goesOn { earlier = 0 }
  }

  /// Takes printable characters, as many as there are keys.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, keys count: Int) {
    run.append(contentsOf: bytes)
    keys += count
    lineEnds = 0
    isHolding = false
  }

  /// Takes a character beyond ASCII.
  mutating func append(_ scalar: Unicode.Scalar) {
    run.append(contentsOf: UTF8.encode(scalar) ?? .init())
    keys += 1
    lineEnds = 0
    isHolding = false
  }

  /// Takes a line end: part of a paste when text stands around it, else the Enter key.
  mutating func appendLineEnd(_ byte: UInt8, _ inputs: inout [Input]) {
    if run.isEmpty && earlier <= TypedText.limit {
      inputs.append(.key(.enter))
      earlier = 0
    } else {
      run.append(byte)
      lineEnds += 1
    }
  }

  /// No more bytes for now: gives what is certain already.
  mutating func pause(_ inputs: inout [Input]) {
    if earlier == 0, !run.isEmpty { began = now }
    if !run.isEmpty { last = now }
    let total = earlier + keys
    let ends = lineEnds
    give(total, &inputs)
    earlier = min(total, 1_000_000)
    guard ends > 0 else { return }
    if total > TypedText.limit {
      lineEnds = run.count
      isHolding = true
    } else {
      giveLineEnds(&inputs)
      earlier = 0
      isHolding = false
    }
  }

  /// Something else than text follows, or nothing in time: gives everything.
  mutating func end(_ inputs: inout [Input]) {
    isHolding = false
    if run.isEmpty && earlier == 0 { return }
    give(earlier + keys, &inputs)
    giveLineEnds(&inputs)
    earlier = 0
  }

  /// Gives the run up to the line ends it stops with, which stay in it.
  private mutating func give(_ total: Int, _ inputs: inout [Input]) {
    let end = run.count - lineEnds
    guard end > 0 else { return }
    if total > TypedText.limit {
      inputs.append(.paste(TypedText.lines(run[..<end])))
    } else {
      var start = 0
      for place in 0..<end where run[place] == 0x0a || run[place] == 0x0d {
        giveText(start..<place, &inputs)
        inputs.append(.key(.enter))
        start = place + 1
      }
      giveText(start..<end, &inputs)
    }
    run.removeSubrange(..<end)
    keys = 0
  }

  private func giveText(_ range: Range<Int>, _ inputs: inout [Input]) {
    if range.isEmpty { return }
    inputs.append(.key(.text(String(decoding: run[range], as: UTF8.self))))
  }

  private mutating func giveLineEnds(_ inputs: inout [Input]) {
    for _ in run { inputs.append(.key(.enter)) }
    run.removeAll(keepingCapacity: true)
    lineEnds = 0
  }

  /// UTF-8 as text whose lines end in `\n`.
  static func lines(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(0x0d) else { return String(decoding: bytes, as: UTF8.self) }
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count)
    var isAfterReturn = false
    for byte in bytes {
      if byte != 0x0a || !isAfterReturn { lines.append(byte == 0x0d ? 0x0a : byte) }
      isAfterReturn = byte == 0x0d
    }
    return String(decoding: lines, as: UTF8.self)
  }
}

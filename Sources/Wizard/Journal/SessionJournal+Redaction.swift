import Lint
import Schemas
import Screen

extension SessionJournal {
  /// Takes what looks like a credential out of what was noted, and what is known to be part of one;
  /// whether there was any. Replayed, the journal then gives `***` in its place.
  package mutating func redact(knowing credentials: [String]) -> Bool {
    // A new credential may have been typed in parts, between which other keys came.
    let start = credentials == looked.credentials ? looked.offset : 0
    looked.credentials = credentials
    let (redaction, lastRun) = redaction(knowing: credentials, from: start)
    looked.offset = lastRun
    guard redaction.hasFound else { return false }
    replaceEvents(self.redaction(knowing: credentials, from: 0).redaction.lines)
    return true
  }

  /// The events from a place on without credentials, and where those begin that the next key may
  /// still belong to.
  private func redaction(
    knowing credentials: [String], from start: Int
  ) -> (redaction: Redaction, lastRun: Int) {
    var redaction = Redaction(credentials: credentials)
    var lastRun = start
    var lines = Lines(events, from: start)
    while let line = lines.next() {
      redaction.take(line)
      if !redaction.isInRun { lastRun = lines.offset }
    }
    redaction.endRun()
    return (redaction, lastRun)
  }

  /// The lines of a journal as they may be kept; what shows how the files looked is left out, for
  /// they may have a credential's beginning.
  private struct Redaction {
    let credentials: [String]
    var lines: [UInt8] = []
    var hasFound = false
    private var run = TypedRun()
    private var held: [ArraySlice<UInt8>] = []

    /// Whether a line is held that the next key may go on with.
    var isInRun: Bool { !held.isEmpty }

    init(credentials: [String]) { self.credentials = credentials }

    mutating func take(_ line: ArraySlice<UInt8>) {
      // Frame and lint records are not keys, so they do not end a typed run.
      if line.isEmpty || ["settled", "edits"].contains(where: { line.starts(with: $0.utf8) }) {
        held.append(line)
        return
      }
      let input = InputCodec.input(from: line)
      if let input, run.take(input) {
        held.append(line)
        return
      }
      endRun()
      if let input, run.take(input) {
        held.append(line)
      } else if !["part ", "checkpoint"].contains(where: { line.starts(with: $0.utf8) }) {
        append(redacted(line))
      }
    }

    /// Writes what was held: one text in the place of all that was typed, where a credential was.
    mutating func endRun() {
      if let input = run.redacted(knowing: credentials) {
        hasFound = true
        append(Array(InputCodec.text(of: input).utf8)[...])
        held.removeAll { InputCodec.input(from: $0) != nil }
      }
      for line in held { append(line) }
      held = []
      run = TypedRun()
    }

    /// A line without what looks like a credential, where it has a whole text.
    private mutating func redacted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      guard ["edited ", "order "].contains(where: { line.starts(with: $0.utf8) }) else {
        return line
      }
      let masked = Credential.masked(line)
      if masked != line { hasFound = true }
      return masked
    }

    private mutating func append(_ line: ArraySlice<UInt8>) {
      lines += line
      lines.append(UInt8(ascii: "\n"))
    }
  }
}

extension FileContent {
  /// A file's content as a journal keeps it: with `***` for credentials and for a Secret's values.
  static func kept(_ bytes: [UInt8]) -> (bytes: [UInt8], isRedacted: Bool) {
    let masked = MaskedText.of(bytes)
    return (masked, masked != bytes)
  }

  /// The whole content of a file of which `kept` is kept: what it holds now, if that is the same but
  /// for the credentials.
  static func whole(
    _ kept: [UInt8], at path: String, disk: (String) -> [UInt8]?
  ) -> [UInt8] {
    guard let bytes = disk(path), FileContent.kept(bytes).bytes == kept else { return kept }
    return bytes
  }
}

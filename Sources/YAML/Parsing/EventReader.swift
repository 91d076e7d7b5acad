import CLibYAML

/// One step through a YAML text, which is handed on and never copied.
struct Event: ~Copyable {
  enum Kind {
    case documentStart, documentEnd, streamEnd
    case scalar(String, SyntaxNode.Form)
    case sequenceStart
    case mappingStart
    /// The end of a sequence or mapping, which one in brackets marks itself.
    case end
    case alias(String)
  }

  var kind: Kind
  var start: Position
  /// Where it stands, in bytes from the start of the text.
  var range: Range<Int>
  var anchor: String?
  var tag: String?
  /// Whether a collection stands in brackets or braces.
  var isFlow = false
}

/// The steps through a part of a text that libyaml sees; the only place that knows libyaml.
///
/// Where the reader of Kubernetes differs (go.yaml.in/yaml v2.4.4, scannerc.go), it has its way: `\'`
/// is a quote, `\/` unknown, and a byte order mark only one at the beginning of the text.
final class EventReader {
  /// Why no more events come.
  var problem: Problem?

  let text: UnsafeBufferPointer<UInt8>
  /// How many lines of the whole text stand before the part.
  private let linesBefore: Int
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let recent: RecentTexts
  private var isReady: Bool
  /// How many events have come.
  private var count = 0
  /// A character found before, and the byte at which it begins.
  private var cursor = (index: 0, byte: 0)

  /// What libyaml reads instead of the text, with as many bytes, where it would read that wrong.
  var repairedText: UnsafeMutableBufferPointer<UInt8>?
  /// The character that stands there for a byte order mark.
  var standIn: Unicode.Scalar?
  /// The character that stands there twice for a pair of surrogates.
  var substitute: Unicode.Scalar?
  /// How many quoted texts with `\'` were read anew, each from the beginning of the text.
  var repairs = 0
  private static let mostRepairs = 16
  let hasSlashEscapes: Bool
  /// Whether each character is one byte.
  let isASCII: Bool
  /// Whether the last line is read as if it ended in a newline, as kubectl does.
  let addsNewline: Bool

  /// The text has to stay where it is as long as the reader lives.
  init(
    _ text: UnsafeBufferPointer<UInt8>, linesBefore: Int, isJSON: Bool, recent: RecentTexts
  ) {
    self.text = text
    self.recent = recent
    self.linesBefore = linesBefore
    hasSlashEscapes = !isJSON && text.contains("\\/")
    isASCII = text.reduce(0, |) < 0x80
    addsNewline = !isJSON && text.last != Byte.newline
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    isReady = yaml_parser_initialize(parser) == 1
    if isJSON { replaceSurrogates() }
    if addsNewline { endLine() }
    if !isASCII { replaceMarks() }
    setInput()
    if text.hasByteOrderMark { cursor.byte = 3 }
  }

  deinit {
    if isReady { yaml_parser_delete(parser) }
    parser.deinitialize(count: 1)
    parser.deallocate()
    repairedText?.deallocate()
  }

  private func setInput() {
    let input = repairedText.map { UnsafeBufferPointer($0) } ?? text
    if isReady { yaml_parser_set_input_string(parser, input.baseAddress, input.count) }
  }

  /// The next event; nil at the end of the text and after an error.
  func next() -> Event? {
    guard isReady, !text.isEmpty, problem == nil else { return nil }
    while true {
      var raw = yaml_event_t()
      guard yaml_parser_parse(parser, &raw) == 1 else {
        if readsAgain() { continue }
        problem = syntaxProblem()
        return nil
      }
      defer { yaml_event_delete(&raw) }
      if raw.type == YAML_NO_EVENT { return nil }
      count += 1
      let event = event(raw)
      if problem != nil { return nil }
      if let event { return event }
    }
  }

  /// Where the reading stopped at an escape that Kubernetes knows: goes up to the event that comes
  /// next in a repaired text.
  private func readsAgain() -> Bool {
    guard let message = parser.pointee.problem, repairs < EventReader.mostRepairs,
      String(cString: message) == "found unknown escape character",
      repairQuotes(from: byte(at: parser.pointee.problem_mark.index))
    else { return false }
    yaml_parser_delete(parser)
    isReady = yaml_parser_initialize(parser) == 1
    setInput()
    for _ in 0..<count {
      var raw = yaml_event_t()
      guard yaml_parser_parse(parser, &raw) == 1 else { return false }
      yaml_event_delete(&raw)
    }
    return isReady
  }

  /// The byte at which a character begins, which is near the one asked for before.
  func byte(at index: Int) -> Int {
    guard !isASCII else { return index }
    let end = addsNewline ? text.count + 1 : text.count
    while cursor.index < index, cursor.byte < end {
      cursor.byte += 1
      while cursor.byte < text.count, text[cursor.byte] & 0xC0 == 0x80 { cursor.byte += 1 }
      cursor.index += 1
    }
    while cursor.index > index, cursor.byte > 0 {
      cursor.byte -= 1
      while cursor.byte > 0, text[cursor.byte] & 0xC0 == 0x80 { cursor.byte -= 1 }
      cursor.index -= 1
    }
    return cursor.byte
  }

  /// Where something else than blanks and comments stands behind an event.
  func content(behind event: borrowing Event) -> Position? {
    var index = event.range.upperBound
    while index < text.count {
      if text[index] == Byte.hash {
        index = text[index...].firstIndex(of: Byte.newline) ?? text.count
      } else if Byte.isSpace(text[index]) {
        index += 1
      } else {
        return position(ofByte: index)
      }
    }
    return nil
  }

  func position(ofByte byte: Int) -> Position {
    let before = text[..<byte]
    let lineStart = before.lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
    return Position(
      line: before.lazy.filter { $0 == Byte.newline }.count + 1 + linesBefore,
      column: text[lineStart..<byte].lazy.filter { $0 & 0xC0 != 0x80 }.count + 1)
  }

  private func event(_ raw: yaml_event_t) -> Event? {
    let start = byte(at: raw.start_mark.index)
    var event = Event(
      kind: .end, start: position(raw.start_mark),
      range: start..<max(start, byte(at: raw.end_mark.index)))
    switch raw.type {
    case YAML_DOCUMENT_START_EVENT:
      event.kind = .documentStart
      if let version = raw.data.document_start.version_directive?.pointee,
        version.major != 1 || version.minor != 1
      {
        problem = Problem(
          event.start,
          "the directive asks for YAML \(version.major).\(version.minor), but Kubernetes reads "
            + "only 1.1; leave it out")
      }
    case YAML_DOCUMENT_END_EVENT: event.kind = .documentEnd
    case YAML_STREAM_END_EVENT: event.kind = .streamEnd
    case YAML_ALIAS_EVENT: event.kind = .alias(string(raw.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      event.kind = .scalar(
        content(
          recent.text(of: bytes), event.range,
          isDouble: scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE),
        SyntaxNode.Form(scalar.style))
      event.anchor = string(scalar.anchor)
      event.tag = string(scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      event.kind = .sequenceStart
      event.anchor = string(raw.data.sequence_start.anchor)
      event.tag = string(raw.data.sequence_start.tag)
      event.isFlow = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    case YAML_MAPPING_START_EVENT:
      event.kind = .mappingStart
      event.anchor = string(raw.data.mapping_start.anchor)
      event.tag = string(raw.data.mapping_start.tag)
      event.isFlow = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: break
    default: return nil
    }
    return event
  }

  private func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
    text.map { String(decodingCString: $0, as: UTF8.self) }
  }

  private func position(_ mark: yaml_mark_t) -> Position {
    Position(
      line: Int(clamping: mark.line) + 1 + linesBefore, column: Int(clamping: mark.column) + 1)
  }

  // MARK: Errors

  private func syntaxProblem() -> Problem {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? ""
    switch parser.pointee.error {
    case YAML_READER_ERROR: return readerProblem(problem)
    case YAML_MEMORY_ERROR:
      return Problem(position(parser.pointee.mark), "there is not enough memory to read this")
    default:
      let context = parser.pointee.context.map { String(cString: $0) } ?? ""
      let mark = position(parser.pointee.problem_mark)
      let opening = position(parser.pointee.context_mark)
      let message = SyntaxErrorMessage(
        problem, context: context, at: character(at: mark), opening: character(at: opening))
      return Problem(message.isAboutOpening ? opening : mark, message.text)
    }
  }

  private func readerProblem(_ problem: String) -> Problem {
    let position = position(ofByte: min(parser.pointee.problem_offset, text.count))
    let value = parser.pointee.problem_value
    let message =
      if problem.hasPrefix("control characters") {
        value == 0
          ? "a zero byte is not text; YAML cannot hold it"
          : "the character U+\(SyntaxErrorMessage.hex(value)) is not allowed in YAML unless escaped in quotes"
      } else {
        text.isUTF16
          ? "this is UTF-16; save it as UTF-8" : "this is not UTF-8 text"
      }
    return Problem(position, message)
  }

  /// The character at a position, nil beyond the text.
  private func character(at position: Position) -> UInt32? {
    var index = 0
    for _ in 1..<max(position.line - linesBefore, 1) {
      guard let newline = text[index...].firstIndex(of: Byte.newline) else { return nil }
      index = newline + 1
    }
    for _ in 1..<max(position.column, 1) {
      guard index < text.count else { return nil }
      index += CodePoint(text, at: index).length
    }
    return index < text.count ? CodePoint(text, at: index).value : nil
  }
}

extension SyntaxNode.Form {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .single
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .double
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}

/// A libyaml error in words that say what to do.
struct SyntaxErrorMessage {
  var text: String
  /// Whether the place to show is where the broken thing begins, not where the reader gave up.
  var isAboutOpening = false

  static let unknownEscape = "this `\\` escape is unknown; write `\\\\` or use single quotes"

  init(_ problem: String, context: String, at character: UInt32?, opening: UInt32?) {
    switch problem {
    case _ where problem.hasPrefix("found a tab character"), _ where character == 0x09:
      text = "a tab cannot indent YAML; use spaces"
    case _ where problem.hasPrefix("Maximum nesting"):
      text = "the text is nested deeper than can be read"
    case "found character that cannot start any token":
      text = "a value cannot begin with this character; put it in quotes"
    case "mapping values are not allowed in this context":
      text = "no `key: value` is allowed here; check the indentation, or put the text in quotes"
    case "block sequence entries are not allowed in this context":
      text = "no list item (`- `) is allowed here; check the indentation"
    case "did not find expected key":
      text = "a key is expected here; check the indentation and the quotes"
    case "did not find expected '-' indicator":
      text = "a list item (`- `) is expected here; check the indentation"
    case "could not find expected ':'" where opening == 0xFEFF:
      text = "a byte order mark is allowed only at the beginning; remove this one"
      isAboutOpening = true
    case "could not find expected ':'":
      text = "this is not a `key: value`; the colon is missing"
      isAboutOpening = true
    case "found unexpected end of stream", "found unexpected document indicator":
      text = "the quote that opens here is never closed"
      isAboutOpening = true
    case "did not find expected ',' or ']'":
      text = "the list that opens with `[` lacks a `,` or its `]`"
    case "did not find expected ',' or '}'":
      text = "the mapping that opens with `{` lacks a `,` or its `}`"
    case "found unknown escape character":
      text = SyntaxErrorMessage.unknownEscape
    case "did not find expected <document start>":
      text = "the document has ended; another one has to begin with `---`"
    case "did not find expected node content":
      text = "a value is missing here"
    case "found undefined tag handle":
      text = "the tag's `!handle!` is not declared"
    default:
      text = context.isEmpty ? problem : "\(problem) \(context)"
    }
  }

  static func hex(_ value: Int32) -> String {
    let digits = String(max(value, 0), radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

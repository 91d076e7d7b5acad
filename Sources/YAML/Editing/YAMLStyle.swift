/// How an author indents, quotes and ends lines, for what is added to the text.
struct YAMLStyle: Sendable {
  /// How far the entries of a mapping stand from its key, in columns.
  var step = 2
  /// How far the dashes of a sequence stand from its key, in columns.
  var dashes = 2
  /// How far what an item holds stands from its dash, in columns.
  var gap = 2
  var endsLinesWithReturn = false
  /// Whether a comment or blanks somewhere stand so far right that they would join a block.
  var avoidsBlocks = false
  /// The quotes for a string that needs some.
  var quotes = SyntaxNode.Form.double
  /// How the values of each key are quoted, as far as they could do without.
  var habits: [ExactText: SyntaxNode.Form] = [:]
  /// How all strings are quoted that could do without, nil where they differ.
  var habit: SyntaxNode.Form?
  /// Whether keys in braces stand in double quotes.
  var quotesKeys = false

  /// How a new string is quoted that could do without quotes.
  func form(forKey key: String?) -> SyntaxNode.Form {
    key.flatMap { habits[ExactText(text: $0)] } ?? habit ?? .plain
  }

  /// The block that shows a new string; blank lines that follow in the text must not join it.
  func block(_ text: UnsafeBufferPointer<UInt8>) -> LiteralBlock? {
    guard !avoidsBlocks, let block = LiteralBlock(text), !block.keepsNewlines else { return nil }
    return block
  }

  /// Takes note of a string that the author wrote for a key.
  mutating func learn(_ text: String, _ form: SyntaxNode.Form, forKey key: String?) {
    if form.isQuoted {
      if quotes == .double, form == .single, habit == nil { quotes = .single }
      guard text.withBytes({ ScalarStyle(of: $0) == .plain }) else { return }
    } else if form != .plain {
      return
    }
    if let key {
      let known = habits[ExactText(text: key)]
      habits[ExactText(text: key)] = known == nil || known == form ? form : .plain
    }
    habit = habit == nil || habit == form ? form : .plain
  }
}

extension Array where Element == UInt8 {
  /// Appends a string in the form that is wanted, where it can have that form.
  mutating func append(
    spelled text: UnsafeBufferPointer<UInt8>, as form: SyntaxNode.Form, quotes: SyntaxNode.Form,
    inFlow: Bool = false
  ) {
    let isPlain =
      ScalarStyle(of: text) == .plain && !(inFlow && text.contains(where: Byte.isBracket))
    let wanted = form == .plain && !isPlain ? quotes : form
    switch wanted {
    case .plain where isPlain: append(contentsOf: text)
    case .single where CodePoint.all(text, satisfy: { !$0.needsEscape }): append(single: text)
    case .plain, .single, .double, .literal, .folded, .block, .flow, .alias: append(quoted: text)
    }
  }

  private mutating func append(single text: UnsafeBufferPointer<UInt8>) {
    append(Byte.apostrophe)
    for byte in text {
      append(byte)
      if byte == Byte.apostrophe { append(byte) }
    }
    append(Byte.apostrophe)
  }
}

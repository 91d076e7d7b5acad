extension DocumentEditor {
  /// Writes an entry with a value that is nothing like the one it had, up to the line's end.
  mutating func replace(_ syntaxNode: Int, with new: Node) {
    let known = source.syntaxNodes[syntaxNode]
    let rest = rest(of: syntaxNode)
    let isItem = known.keyEnd == known.entry
    let column = source.column(known.entry)
    let opening = Writer.Opening(isItem: isItem)
    var writer = Writer()
    writer.style = style
    switch new {
    case .scalar(let scalar):
      let block = scalar.kind == .string ? scalar.text.withBytes(style.block) : nil
      guard let block else {
        writeOpening(of: syntaxNode, keepsSpace: !known.form.isBlockScalar && known.form != .block)
        append(scalar, like: known.form)
        endLine(with: rest)
        return
      }
      writeOpening(of: syntaxNode)
      lineBuffer.append { $0.append(text: block.header) }
      endLine(with: rest)
      let below = column + (isItem ? style.gap : style.step)
      scalar.text.withBytes {
        writer.write(linesOf: block, of: $0, at: columnOfLines(syntaxNode) ?? below)
      }
    case .sequence(let items) where items.isEmpty:
      writeOpening(of: syntaxNode)
      lineBuffer.append { $0.append(text: "[]") }
      endLine(with: rest)
      return
    case .mapping(let mapping) where mapping.isEmpty:
      writeOpening(of: syntaxNode)
      lineBuffer.append { $0.append(text: "{}") }
      endLine(with: rest)
      return
    case .sequence, .mapping:
      lineBuffer.copy(Int(known.entry)..<source.opening(syntaxNode), of: source)
      let anchor = source.anchorText(syntaxNode)
      if !anchor.isEmpty {
        lineBuffer.append(Byte.space)
        lineBuffer.append(anchor)
      }
      let comment = rest.flatMap { source.bytes[$0].contains(Byte.hash) ? $0 : nil }
      if isItem, comment == nil, anchor.isEmpty {
        writer.write(new, at: column + style.gap, after: opening)
      } else {
        endLine(with: comment)
        let isDashed = if case .sequence = new { true } else { false }
        let below = column + (isItem ? style.gap : isDashed ? style.dashes : style.step)
        switch new {
        case .scalar: break
        case .sequence(let items): writer.write(items: items, at: below, inline: false)
        case .mapping(let mapping):
          writer.write(entries: mapping.entries, at: below, inline: false)
        }
      }
    }
    lineBuffer.append(writer, style)
  }

  /// Writes key and colon, or the dash, the anchor if there is one, and a space.
  private mutating func writeOpening(of syntaxNode: Int, keepsSpace: Bool = false) {
    let known = source.syntaxNodes[syntaxNode]
    if keepsSpace, !known.hasProperties, known.start < known.end {
      lineBuffer.copy(Int(known.entry)..<Int(known.start), of: source)
      return
    }
    lineBuffer.copy(Int(known.entry)..<source.opening(syntaxNode), of: source)
    let anchor = source.anchorText(syntaxNode)
    if !anchor.isEmpty {
      lineBuffer.append(Byte.space)
      lineBuffer.append(anchor)
    }
    lineBuffer.append(Byte.space)
  }

  /// What stays of the line on which the value began: a comment perhaps, and the newline.
  private func rest(of syntaxNode: Int) -> Range<Int>? {
    let known = source.syntaxNodes[syntaxNode]
    switch known.form {
    case .block:
      let body = Int(source.margins[syntaxNode].body)
      guard body > 0, source.bytes[body - 1] == Byte.newline else { return nil }
      let start =
        known.hasProperties ? source.bytes.propertiesEnd(known) : source.opening(syntaxNode)
      return start..<max(start, body)
    case .literal, .folded:
      var start = source.bytes.contentStart(known)
      let end = source.lineEnd(start)
      while start < end, source.bytes[start] > Byte.space { start += 1 }
      return start..<end
    case .plain, .single, .double, .flow, .alias:
      return Int(known.end)..<max(Int(known.end), Int(source.margins[syntaxNode].tail))
    }
  }

  private mutating func endLine(with rest: Range<Int>?) {
    if let rest { lineBuffer.copy(rest, of: source) }
    if !lineBuffer.isAtLineStart { lineBuffer.endLine(style) }
  }

  /// The column of a block scalar's lines.
  private func columnOfLines(_ syntaxNode: Int) -> Int? {
    let known = source.syntaxNodes[syntaxNode]
    guard known.form.isBlockScalar else { return nil }
    let first = source.lineEnd(source.bytes.contentStart(known))
    guard first < known.end else { return nil }
    let column = source.bytes[first...].prefix { $0 == Byte.space }.count
    return column > source.column(known.entry) ? column : nil
  }

  /// Appends a scalar on one line, a string in quotes like those it had.
  mutating func append(_ scalar: Scalar, like form: SyntaxNode.Form, inFlow: Bool = false) {
    let style = style
    let key = trail.reversed().lazy.compactMap { step in
      if case .key(let key) = step { key } else { nil }
    }.first
    lineBuffer.append { bytes in
      scalar.text.withBytes { text in
        if scalar.kind == .string {
          let isNew = form == .flow || form == .block || form == .alias
          bytes.append(
            spelled: text, as: isNew ? style.form(forKey: key) : form.isQuoted ? form : .plain,
            quotes: style.quotes, inFlow: inFlow)
        } else if text.isEmpty, inFlow {
          bytes.append(text: "!!null \"\"")
        } else {
          bytes.append(typed: text)
        }
      }
    }
  }
}

extension Writer.Opening {
  fileprivate init(isItem: Bool) { self = isItem ? .dash : .key }
}

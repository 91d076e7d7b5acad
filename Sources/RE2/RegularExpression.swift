/// A regular expression in RE2's syntax that is matched against whole texts.
package struct RegularExpression: Sendable {
  let program: Program
  /// Why Go's regexp refuses it, though RE2 takes it; nil where it takes it, too.
  package let refusalByGo: ParseError?

  /// Reads an expression; throws what RE2 refuses, and scripts, which are not known here.
  package init(_ pattern: String) throws(ParseError) {
    let tree = try Reader.tree(of: pattern)
    refusalByGo = tree.refusalByGo
    program = Program(tree)
  }

  /// Why RE2 cannot read an expression, nil where it can; quicker than making it ready to match.
  package static func refusal(of pattern: String) -> ParseError? {
    do {
      _ = try Reader.tree(of: pattern)
      return nil
    } catch {
      return error
    }
  }

  /// Why RE2 or Go's regexp cannot read an expression: those of routes and rate limits are read by both.
  package static func refusalInGoOrRE2(of pattern: String) -> ParseError? {
    do {
      return try Reader.tree(of: pattern).refusalByGo
    } catch {
      return error
    }
  }

  /// Whether the expression fits the whole text, in time linear in the text's length.
  package func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var run = Matcher(of: program)
      return run.accepts(bytes)
    }
  }

  /// The only text that the expression fits, nil where it surely or possibly fits more or none.
  package var literal: String? { program.literal }

  /// Whether the expression fits all texts without line breaks, or all but the empty one; `some`
  /// where that is not so or not seen.
  package var reach: Reach { program.reach(from: 0) }

  /// Whether the expression surely fits no name of a header as Envoy compares it, in lower case.
  package var needsCapital: Bool { program.needsCapital }

  /// How many of the texts without line breaks an expression fits.
  package enum Reach: Sendable {
    case everything, everythingButEmpty, some
  }
}

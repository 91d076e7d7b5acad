extension String {
  /// The part before the first place of a text and the part behind it; nil where it is not there.
  func cut(at text: String) -> (before: String, after: String)? {
    let (bytes, wanted) = (Array(utf8), Array(text.utf8))
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return nil }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return (
        String(decoding: bytes[..<start], as: UTF8.self),
        String(decoding: bytes[(start + wanted.count)...], as: UTF8.self)
      )
    }
    return nil
  }

  /// Whether a text is part of it.
  func holds(_ text: String) -> Bool { cut(at: text) != nil }

  /// Its parts between the places of a text.
  func parts(between text: String) -> [String] {
    guard let (before, after) = cut(at: text) else { return [self] }
    return [before] + after.parts(between: text)
  }
}

/// Finds the word that was probably meant, for "did you mean".
package enum NearestWord {
  /// The word nearest to a text by edits, nil where none is near.
  package static func match(for text: String, among words: [String]) -> String? {
    let wanted = Array(text.lowercased().utf8.prefix(64))
    guard !wanted.isEmpty else { return nil }
    var best: (word: String, distance: Int)?
    for word in words {
      let distance = distance(wanted, Array(word.lowercased().utf8))
      if distance < best?.distance ?? .max { best = (word, distance) }
    }
    guard let best, best.distance <= max(1, min(wanted.count, best.word.utf8.count) / 3) else {
      return nil
    }
    return best.word
  }

  /// Whether a name is hardly another object's, but the same with a letter doubled, added or left out
  /// within a word, or two swapped: `edgee` for `edge`, not `gateway-us` for `gateway-eu`, `gw-1` for
  /// `gw` or `https` for `http`.
  package static func isSlip(_ text: String, of word: String) -> Bool {
    let (left, right) = (Array(text.utf8.prefix(256)), Array(word.utf8.prefix(256)))
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (odd, even) = (left[start...], right[start...])
    if left.count == right.count {
      return odd.count > 1 && odd.prefix(2).elementsEqual(even.prefix(2).reversed())
        && odd.dropFirst(2) == even.dropFirst(2)
    }
    let (long, short) = odd.count > even.count ? (odd, even) : (even, odd)
    guard right.count > 2, let letter = long.first, isLetter(letter),
      long.dropFirst().elementsEqual(short)
    else { return false }
    // At an end of a word it is a plural, or the s of https.
    let before = start > 0 ? left[start - 1] : 0
    let after = long.dropFirst().first ?? 0
    return letter == before || isLetter(before) && isLetter(after)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The number of single edits between two words: letters added, left out, replaced, or two that
  /// stand side by side swapped.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var next = [i + 1]
      for (j, b) in right.enumerated() {
        var least = min(row[j] + (a == b ? 0 : 1), next[j] + 1, row[j + 1] + 1)
        if i > 0, j > 0, a == right[j - 1], b == left[i - 1] {
          least = min(least, before[j - 1] + 1)
        }
        next.append(least)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}

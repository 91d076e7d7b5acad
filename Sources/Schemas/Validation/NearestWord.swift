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

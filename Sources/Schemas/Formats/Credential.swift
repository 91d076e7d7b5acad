/// Recognizes texts that look like API keys, by the prefixes and forms that providers use.
package enum Credential {
  /// Whether a text holds what looks like a credential, and not like a placeholder for one.
  package static func isLikely(_ text: String) -> Bool {
    // Most texts are too short, which is quicker to say than to look into them.
    guard text.utf8.count >= shortest else { return false }
    var text = text
    return text.withUTF8 { next(in: $0, from: 0) != nil }
  }

  /// The likely credentials in a text.
  package static func all(in text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      ranges(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
  }

  /// The text with `***` for each likely credential in it.
  package static func masked(_ text: String) -> String {
    var shown = text
    return shown.withUTF8 { masked($0) }.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The line with `***` for each likely credential in it.
  package static func masked(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.withUnsafeBufferPointer { masked($0) }.map { $0[...] } ?? line
  }

  /// Nil where nothing is masked.
  private static func masked(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let found = ranges(in: bytes)
    guard !found.isEmpty else { return nil }
    var result: [UInt8] = []
    var start = 0
    for range in found {
      result += bytes[start..<range.lowerBound]
      result += mask.utf8
      start = range.upperBound
    }
    return result + bytes[start...]
  }

  private static func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    while let range = next(in: bytes, from: found.last?.upperBound ?? 0) { found.append(range) }
    return found
  }

  /// What stands in the place of a credential.
  package static let mask = "***"

  /// How a kind of credential begins, and what the rest of it looks like.
  private struct Form {
    let mark: [UInt8]
    /// How long the rest is at least, and at most.
    let length: ClosedRange<Int>
    /// The bytes of the rest beside letters and digits.
    let marks: [UInt8]
    /// Whether the mark is no part of the credential.
    let isLead: Bool

    init(
      _ mark: String, _ length: ClosedRange<Int> = 16...Int.max, with marks: String = "",
      isLead: Bool = false
    ) {
      self.mark = Array(mark.utf8)
      self.length = length
      self.marks = Array(marks.utf8)
      self.isLead = isLead
    }
  }

  private static let forms: [Form] = [
    // OpenAI, Anthropic, DeepSeek, OpenRouter and those who speak like them.
    Form("sk-", with: "-_"), Form("gsk_"), Form("xai-"), Form("pplx-"), Form("nvapi-", with: "-_"),
    Form("AIza", 30...Int.max, with: "-_"), Form("ya29.", with: "-_."), Form("hf_"),
    Form("AKIA", 16...16), Form("ASIA", 16...16),
    Form("ghp_"), Form("gho_"), Form("ghs_"), Form("ghu_"), Form("ghr_"),
    Form("github_pat_", with: "_"), Form("glpat-", with: "-_"),
    Form("xoxb-", with: "-"), Form("xoxp-", with: "-"),
    Form("eyJ", 40...Int.max, with: "-_."),
    Form("Bearer ", with: "-._~+/=", isLead: true),
    Form("bearer ", with: "-._~+/=", isLead: true),
    Form("aws_secret_access_key = ", 40...40, with: "+/", isLead: true),
    Form("aws_secret_access_key=", 40...40, with: "+/", isLead: true),
  ]

  /// The forms by the byte that they begin with.
  private static let formsByFirst: [[Form]] = (0..<256).map { byte in
    forms.filter { $0.mark.first.map(Int.init) == byte }
  }

  /// Which bytes a form or a private key begins with.
  private static let firsts = formsByFirst.enumerated().map { byte, forms in
    !forms.isEmpty || byte == Int(UInt8(ascii: "-"))
  }

  /// How long the shortest credential is, with its mark.
  private static let shortest = forms.map { $0.mark.count + $0.length.lowerBound }.min() ?? 0

  /// The first likely credential behind a place. Every line that is drawn is looked through, so that
  /// the forms are tried only where a word begins and is long enough.
  private static func next(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Range<Int>? {
    let end = bytes.count - shortest + 1
    guard start < end else { return nil }
    let firsts = firsts
    for place in start..<end where firsts[Int(bytes[place])] {
      if let key = privateKey(in: bytes, at: place) { return key }
      if place > 0, bytes[place - 1].isAlphanumeric { continue }
      for form in formsByFirst[Int(bytes[place])] {
        if let range = range(of: form, in: bytes, at: place) { return range }
      }
    }
    return nil
  }

  private static func range(
    of form: Form, in bytes: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> Range<Int>? {
    let start = place + form.mark.count
    guard bytes[place...].starts(with: form.mark) else { return nil }
    let body = bytes[start...].prefix { $0.isAlphanumeric || form.marks.contains($0) }
    guard form.length.contains(body.count), isRandom(body) else { return nil }
    return (form.isLead ? start : place)..<body.endIndex
  }

  /// Whether a text has a long enough part without a stop, and is no placeholder.
  private static func isRandom(_ body: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let isLong = body.split { !$0.isAlphanumeric }.contains { part in
      part.count >= 16
        || part.count >= 12 && part.contains(where: \.isDigit) && !part.allSatisfy(\.isDigit)
    }
    guard isLong, Set(body).count > 4 else { return false }
    let lower = body.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
    return !lower.indices.contains { place in
      fillers.contains { lower[place...].starts(with: $0) }
    }
  }

  private static let fillers = [
    "your", "placeholder", "changeme", "replace", "dummy", "redacted", "xxxx",
  ].map { Array($0.utf8) }

  private static let opening = Array("-----BEGIN ".utf8)

  /// A private key in PEM, up to its end or that of the text.
  private static func privateKey(
    in bytes: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> Range<Int>? {
    guard bytes[place...].starts(with: opening) else { return nil }
    let kind = bytes[(place + opening.count)...].prefix { $0 != UInt8(ascii: "-") }
    guard kind.count < 40, String(decoding: kind, as: UTF8.self).hasSuffix("PRIVATE KEY") else {
      return nil
    }
    let closing = Array("-----END ".utf8) + kind + Array("-----".utf8)
    let end = bytes[kind.endIndex...].indices.first { bytes[$0...].starts(with: closing) }
    return place..<(end.map { $0 + closing.count } ?? bytes.count)
  }
}

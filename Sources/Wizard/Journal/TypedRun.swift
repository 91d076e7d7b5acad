import Schemas
package import Screen

/// What was typed and pasted without another key than Backspace between, to take credentials out of
/// what is written down of it.
package struct TypedRun: Sendable {
  private var text = ""
  /// Whether it began with a paste.
  private var isPasted = false
  /// Whether what looks like a credential was there before a Backspace.
  private var hadCredential = false

  package init() {}

  /// Takes an input that goes on with the run; false for one that does not.
  package mutating func take(_ input: Input) -> Bool {
    if case .paste = input, text.isEmpty { isPasted = true }
    switch input {
    case .key(.text(let more)), .paste(let more): text += more
    case .key(.backspace):
      guard !text.isEmpty else { return false }
      if Credential.isLikely(text) { hadCredential = true }
      text.removeLast()
    case .key, .mouse, .resized, .ended, .refused, .torn, .resumed: return false
    }
    return true
  }

  /// An input with `***` for each credential, and for each part of one that is known; nil where none
  /// was typed.
  package func redacted(knowing credentials: [String]) -> Input? {
    var result = Credential.masked(text)
    for credential in credentials { result = result.hiding(partsOf: credential) }
    guard hadCredential || result != text else { return nil }
    return isPasted ? .paste(result) : .key(.text(result))
  }

  /// The inputs of a session with no credential in them.
  package static func redacted(_ inputs: [Input], knowing credentials: [String]) -> [Input] {
    var result: [Input] = []
    var run = TypedRun()
    var held: [Input] = []
    func end() {
      result += run.redacted(knowing: credentials).map { [$0] } ?? held
      run = TypedRun()
      held = []
    }
    for input in inputs {
      if !run.take(input) {
        end()
        guard run.take(input) else {
          result.append(input)
          continue
        }
      }
      held.append(input)
    }
    end()
    return result
  }
}

extension String {
  /// The shortest part of a credential that reveals something of it.
  private static let shortestPart = 8

  /// The text with `***` for each part of a credential in it.
  fileprivate func hiding(partsOf credential: String) -> String {
    let (bytes, secret) = (Array(utf8), Array(credential.utf8))
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let length =
        secret.indices.map { start in
          zip(bytes[place...], secret[start...]).prefix { $0 == $1 }.count
        }.max() ?? 0
      if length >= Self.shortestPart {
        result += Credential.mask.utf8
        place += length
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

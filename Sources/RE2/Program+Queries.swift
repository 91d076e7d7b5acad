extension Program {
  /// The only text that the program fits, nil where it surely or possibly fits more or none.
  var literal: String? {
    var text = ""
    var place: Int32 = 0
    var isEnded = false
    while true {
      let instruction = instructions[Int(place)]
      switch instruction.operation {
      case .scalar(let value):
        guard !isEnded, let scalar = Unicode.Scalar(value) else { return nil }
        text.unicodeScalars.append(scalar)
      case .assertion(.textStart): guard text.isEmpty else { return nil }
      case .assertion(.textEnd): isEnded = true
      case .pass: break
      case .accept: return text
      case .folded, .set, .byte, .split, .assertion: return nil
      }
      place = instruction.next
    }
  }

  /// How much of what follows the instruction fits, if it stands at the start of a text.
  func reach(from start: Int32) -> RegularExpression.Reach {
    let beginning = closure(of: start, passing: [.textStart, .lineStart])
    // An instruction that reads any letter and can come after itself reads any text.
    let isEndless = beginning.filter(readsAnything).prefix(8).contains { place in
      let next = instructions[Int(place)].next
      return closure(of: next, passing: []).contains(place)
        && closure(of: next, passing: [.textEnd, .lineEnd]).contains(end)
    }
    guard isEndless else { return .some }
    let all: [Assertion] = [.textStart, .lineStart, .textEnd, .lineEnd]
    return closure(of: start, passing: all).contains(end) ? .everything : .everythingButEmpty
  }

  /// Whether every text that the program fits surely has an ASCII capital, or another character that no name
  /// of a header has; assertions are taken to hold.
  var needsCapital: Bool {
    let ways = closure(of: 0, passing: Assertion.allCases) { operation in
      switch operation {
      case .scalar(let value): Program.isSmall(value)
      case .set(let index):
        (UInt32(0x21)...0x7E).contains {
          Program.isSmall($0) && sets[Int(index)].contains($0)
        }
      case .folded, .byte: true
      case .assertion, .split, .pass, .accept: false
      }
    }
    return !ways.contains(end)
  }

  /// Whether a scalar is visible in ASCII and no capital.
  private static func isSmall(_ value: UInt32) -> Bool {
    (0x21...0x7E).contains(value) && !(0x41...0x5A).contains(value)
  }

  /// The instructions that can be reached where only these assertions hold, without reading but by the
  /// operations that are asked for.
  private func closure(
    of start: Int32, passing: [Assertion], reading isRead: (Operation) -> Bool = { _ in false }
  ) -> [Int32] {
    var isFound = [Bool](repeating: false, count: instructions.count)
    var result: [Int32] = []
    var stack = [start]
    while let place = stack.popLast() {
      guard !isFound[Int(place)] else { continue }
      isFound[Int(place)] = true
      result.append(place)
      let instruction = instructions[Int(place)]
      switch instruction.operation {
      case .split(let other): stack += [other, instruction.next]
      case .pass: stack.append(instruction.next)
      case .assertion(let assertion):
        if passing.contains(assertion) { stack.append(instruction.next) }
      case .scalar, .folded, .set, .byte:
        if isRead(instruction.operation) { stack.append(instruction.next) }
      case .accept: break
      }
    }
    return result
  }

  /// Whether the instruction reads any scalar but perhaps a line break.
  private func readsAnything(_ place: Int32) -> Bool {
    guard case .set(let index) = instructions[Int(place)].operation else { return false }
    return sets[Int(index)].isEverything
  }
}

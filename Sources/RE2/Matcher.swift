/// Runs a program on one text: at each byte, the set of instructions that may come next.
struct Matcher {
  private let program: Program
  /// What waits at this byte, and at the next one: an instruction, plus the count of instructions
  /// for each byte that it still has to skip, since a scalar has up to four.
  private var threads: [Int32] = []
  private var upcoming: [Int32] = []
  /// The turn in which a thread was last added, so that none is added twice.
  private var turns: [UInt32]
  private var turn: UInt32 = 1
  private var stack: [Int32] = []
  /// How many threads were looked at, of which a text's time is made.
  private(set) var steps = 0

  init(of program: Program) {
    self.program = program
    self.turns = []
  }

  mutating func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let prefix = program.prefix
    guard text.starts(with: prefix) else { return false }
    if program.start == program.end { return text.count == prefix.count }
    let rest = text[prefix.count...]
    if program.isOpen, !rest.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return true }
    turns = Array(repeating: 0, count: program.instructions.count * 4)
    follow(program.start, at: prefix.count, of: text)
    swap(&threads, &upcoming)
    for place in prefix.count..<text.count {
      if threads.isEmpty { return false }
      turn &+= 1
      let letter = Letter(at: place, of: text)
      for thread in threads { step(thread, letter, place, text) }
      threads.removeAll(keepingCapacity: true)
      swap(&threads, &upcoming)
    }
    return turns[Int(program.end)] == turn
  }

  /// Lets a thread read the byte at the place.
  private mutating func step(
    _ thread: Int32, _ letter: Letter, _ place: Int, _ text: UnsafeBufferPointer<UInt8>
  ) {
    steps += 1
    let count = Int32(truncatingIfNeeded: program.instructions.count)
    if thread >= count {
      skip(thread - count, place, text)
      return
    }
    let instruction = program.instructions[Int(thread)]
    switch instruction.operation {
    case .byte: follow(instruction.next, at: place + 1, of: text)
    case .scalar(let value):
      guard value == letter.value else { return }
      skip(instruction.next + (letter.length - 1) * count, place, text)
    case .folded(let value):
      guard letter.length > 0, value == CaseOrbit.least(of: letter.value) else { return }
      skip(instruction.next + (letter.length - 1) * count, place, text)
    case .set(let index):
      guard letter.length > 0, program.sets[Int(index)].contains(letter.value) else { return }
      skip(instruction.next + (letter.length - 1) * count, place, text)
    case .assertion, .split, .pass, .accept: return
    }
  }

  /// Adds what waits after the byte at the place.
  private mutating func skip(
    _ thread: Int32, _ place: Int, _ text: UnsafeBufferPointer<UInt8>
  ) {
    if thread < program.instructions.count {
      follow(thread, at: place + 1, of: text)
    } else if turns[Int(thread)] != turn {
      turns[Int(thread)] = turn
      upcoming.append(thread)
    }
  }

  /// Adds an instruction and all those that it leads to without reading.
  private mutating func follow(
    _ start: Int32, at place: Int, of text: UnsafeBufferPointer<UInt8>
  ) {
    stack.append(start)
    while let index = stack.popLast() {
      guard turns[Int(index)] != turn else { continue }
      turns[Int(index)] = turn
      steps += 1
      let instruction = program.instructions[Int(index)]
      switch instruction.operation {
      case .scalar, .folded, .set, .byte: upcoming.append(index)
      case .split(let other):
        stack.append(other)
        stack.append(instruction.next)
      case .assertion(let assertion):
        if assertion.holds(at: place, of: text) { stack.append(instruction.next) }
      case .pass: stack.append(instruction.next)
      case .accept: break
      }
    }
  }
}

/// The scalar that begins at a place.
private struct Letter {
  let value: UInt32
  /// Its bytes, 0 inside a scalar, where nothing but a single byte can be read.
  let length: Int32

  init(at place: Int, of text: UnsafeBufferPointer<UInt8>) {
    let first = text[place]
    if first < 0x80 {
      value = UInt32(first)
      length = 1
      return
    }
    let count = first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard count > 0, place + count <= text.count else {
      value = .max
      length = 0
      return
    }
    var sum = UInt32(first) & (0xFF >> UInt32(count + 1))
    for index in place + 1..<place + count { sum = sum << 6 | UInt32(text[index] & 0x3F) }
    value = sum
    length = Int32(count)
  }
}

extension Assertion {
  /// Whether it holds before the byte at the place, which may be the end.
  func holds(at place: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    let newline = UInt8(ascii: "\n")
    switch self {
    case .textStart: return place == 0
    case .textEnd: return place == text.count
    case .lineStart: return place == 0 || text[place - 1] == newline
    case .lineEnd: return place == text.count || text[place] == newline
    case .wordEdge, .noWordEdge:
      let before = place > 0 && text[place - 1].isWord
      let after = place < text.count && text[place].isWord
      return (before != after) == (self == .wordEdge)
    }
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter, a digit or `_`, as \w says.
  var isWord: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}

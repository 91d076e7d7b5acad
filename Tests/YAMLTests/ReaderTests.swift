import Corpus
import Foundation
import YAML
import Testing

/// Printed strings, read back by readers that know nothing of this printer.
@Suite("independent readers")
struct ReaderTests {
  @Test("every nasty string is read back by every reader", arguments: Reader.allCases)
  func nasty(_ reader: Reader) throws {
    try expect(reader, reads: DifficultText.strings)
  }

  @Test("thousands of generated strings are read back by every reader", arguments: Reader.allCases)
  func generated(_ reader: Reader) throws {
    var seeded = Seeded(1)
    try expect(reader, reads: (0..<3000).map { _ in seeded.string() })
  }

  /// Has a reader read strings as values, as items, as items of items and as keys.
  private func expect(_ reader: Reader, reads all: [String]) throws {
    // Yams itself takes a byte order mark off the front of every string.
    let strings = all.filter { reader != .yams || $0.unicodeScalars.first != "\u{FEFF}" }
    var keys = Mapping()
    // Swift's own dictionaries, in which two readers answer, hold one of equivalent keys only.
    for string in Set(strings) { keys[string] = .string("value of \(string)") }
    let values = strings.enumerated().map { Mapping.Entry("k\($0)", .string($1)) }
    let document = Node.map([
      "apiVersion": .string("v1"), "kind": .string("Strings"),
      "metadata": .map(["name": .string("strings")]),
      "values": .mapping(Mapping(values)),
      "list": .sequence(strings.map { .string($0) }),
      "lists": .sequence([.sequence(strings.map { .string($0) })]),
      "keys": .mapping(keys),
      "pairs": .sequence(strings.map { .mapping(Mapping([Mapping.Entry($0, .string($0))])) }),
    ])
    var printer = Printer()
    let printedText = printer.print([document])
    let read = try #require(try reader.value(of: printedText.bytes) as? [String: Any])
    let readValues = try #require(read["values"] as? [String: Any])
    let readList = try #require(read["list"] as? [Any])
    let readLists = try #require((read["lists"] as? [[Any]])?.first)
    let readItems = try #require(read["pairs"] as? [[String: Any]])
    try #require(readList.count == strings.count && readLists.count == strings.count)
    for (index, string) in strings.enumerated() {
      #expect(isSame(readValues["k\(index)"], string), "the value \(string.debugDescription)")
      #expect(isSame(readList[index], string), "the item \(string.debugDescription)")
      #expect(isSame(readLists[index], string), "the inner item \(string.debugDescription)")
      let item = readItems[index].first
      #expect(isSame(item?.key, string), "the key of an item \(string.debugDescription)")
      #expect(isSame(item?.value, string), "the value of an item \(string.debugDescription)")
    }
    let readKeys = try #require(read["keys"] as? [String: Any])
    for entry in keys.entries {
      #expect(isSame(readKeys[entry.key], entry.value.text), "\(entry.key.debugDescription)")
    }
  }

  private func isSame(_ value: Any?, _ string: String?) -> Bool {
    guard let value = value as? String, let string else { return false }
    return value.unicodeScalars.elementsEqual(string.unicodeScalars)
  }
}

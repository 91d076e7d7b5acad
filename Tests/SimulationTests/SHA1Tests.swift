import Resources
import Testing

@Suite struct SHA1Tests {
  /// How often the letter a stands in the message, and its sum, as other programs compute it.
  private static let repeated: [(count: Int, sum: String)] = [
    (0, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (1, "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    (55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
    (56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
    (57, "f08f24908d682555111be7ff6f004e78283d989a"),
    (63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
    (64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
    (65, "11655326c708d70319be2610e8a57d9a5b959d3b"),
    (119, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56"),
    (120, "f34c1488385346a55709ba056ddd08280dd4c6d6"),
    (128, "ad5b3fdbcb526778c2839d2f151ea753995e26a0"),
    (1000, "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
  ]

  /// The examples of FIPS 180-2, appendix A.
  private static let texts = [
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
  ]

  private static func shown(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test("sums of messages around the ends of blocks", arguments: repeated)
  func lengths(count: Int, sum: String) {
    #expect(Self.shown(SHA1.sum(of: [UInt8](repeating: UInt8(ascii: "a"), count: count))) == sum)
  }

  @Test("sums of the standard's examples", arguments: texts)
  func examples(text: String, sum: String) {
    #expect(Self.shown(SHA1.sum(of: Array(text.utf8))) == sum)
  }
}

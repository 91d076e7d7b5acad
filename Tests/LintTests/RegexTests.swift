import Manifest
import Testing

@testable import Lint

@Suite struct RegexTests {
  @Test(
    "RE2 reads these",
    arguments: [
      "", "a", "gpt-.*", ".+", "(gpt|claude)-\\d+", "(?i)gpt.*", "(?i:gpt).*", "(?:a|b)+?",
      "(?P<name>a)", "(?<name>a)", "[a-z]{2,5}", "[^]]", "[]a]", "[[:alpha:]]+", "[a-]", "[\\]]",
      "a{", "a{,5}", "{", "^$", "\\Qa(b\\E", "\\pL", "\\p{Greek}", "\\x41", "\\123", "a||b", "()",
      "\\.", "a{2}", "a{2,}", "x*?", "[a\\-z]", "\\b\\B\\A\\z", "é+",
    ])
  func accepted(pattern: String) { #expect(RE2.fault(in: pattern) == nil) }

  @Test(
    "RE2 refuses these",
    arguments: [
      "(", ")", "(a", "a)", "[", "[a", "[z-a]", "*", "+a", "a|*", "(*a)", "a**", "a*+", "a++",
      "a{2}{3}", "a{5,2}", "a{1001}", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "(a)\\1",
      "\\", "\\Z", "\\k<a>", "(?P=a)", "(?P<a", "(?<>a)", "(?#a)", "(?", "(?i", "[\\", "(?R)",
    ])
  func refused(pattern: String) { #expect(RE2.fault(in: pattern) != nil) }

  @Test("dots of names are escaped, dots that stand for letters are not")
  func dots() {
    #expect(RE2.escapingBareDots("gpt-3.5.*") == "gpt-3\\.5.*")
    #expect(RE2.escapingBareDots("gpt-3\\.5.*") == "gpt-3\\.5.*")
    #expect(RE2.escapingBareDots("llama-3.1-8.0") == "llama-3\\.1-8\\.0")
    #expect(RE2.escapingBareDots("[a.b]") == "[a.b]")
    #expect(RE2.escapingBareDots(".*") == ".*")
    #expect(RE2.pattern(ofGlob: "gpt-3.5*") == "gpt-3\\.5.*")
  }
}

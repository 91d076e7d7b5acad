import Testing

@testable import RE2

@Suite struct SyntaxTests {
  @Test("an expression fits whole texts only")
  func whole() throws(Refusal) {
    let expression = try RegularExpression("gpt-4.*")
    #expect(expression.matches("gpt-4o"))
    #expect(!expression.matches("a gpt-4o"))
  }
}

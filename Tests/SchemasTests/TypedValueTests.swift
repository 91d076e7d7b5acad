import Schemas
import YAML
import Testing

@Suite struct TypedValueTests {
  private func property(_ steps: Path.Step..., of resource: ResourceKind = .aiGatewayRoute) throws
    -> Property
  {
    try #require(resource.property(at: Path(steps)))
  }

  private func ref(_ key: String) throws -> Property {
    try property(.key("spec"), .key("rules"), .key("backendRefs"), .key(key))
  }

  private func complaint(_ property: Property, _ text: String) -> String? {
    guard case .failure(let violation) = property.value(from: text) else { return nil }
    return violation.message
  }

  @Test("a number that is none is told with the range")
  func numbers() throws {
    let weight = try ref("weight")
    #expect(weight.value(from: " 70 ") == .success(.integer(70)))
    #expect(
      complaint(weight, "7O") == "weight \"7O\" is not a whole number; use 0 to 1000000")
    #expect(complaint(weight, "1000001") == "weight 1000001 is out of range; use 0 to 1000000")
    #expect(complaint(weight, "-1") == "weight -1 is out of range; use 0 to 1000000")
    #expect(complaint(weight, "") == "weight \"\" is not a whole number; use 0 to 1000000")
    #expect(complaint(weight, "99999999999999999999") != nil)
    #expect(complaint(try ref("priority"), "129") == "priority 129 is out of range; use 0 to 128")
  }

  @Test("a name is told in words, not as a pattern")
  func names() throws {
    let name = try property(.key("metadata"), .key("name"))
    #expect(name.value(from: "openai-route") == .success(.string("openai-route")))
    #expect(
      complaint(name, "Route")
        == "name \"Route\" is not accepted; use lower-case letters, digits, '-' and '.'; "
        + "each part starts and ends with a letter or digit")
    #expect(complaint(name, "") == "name is empty; use a value such as openai-route")
    #expect(
      complaint(name, String(repeating: "a", count: 254))
        == "name has 254 characters; use at most 253")
  }

  @Test("sizes keep their unit, and plain numbers become numbers")
  func sizes() throws {
    let limit = try property(
      .key("spec"), .key("connection"), .key("bufferLimit"), of: .clientTrafficPolicy)
    #expect(limit.value(from: "50Mi") == .success(.string("50Mi")))
    #expect(limit.value(from: "32768") == .success(.integer(32768)))
    for text in ["0", "-1", "50MB", "50 Mi", "1.5Mi", "", "lots"] {
      #expect(complaint(limit, text)?.hasPrefix("bufferLimit \"\(text)\" is not accepted") == true)
    }
    #expect(
      limit.violations(in: .string("50MB")).first?.fix == .replace(.string("50M")))
    #expect(limit.violations(in: .string("50mi")).first?.fix == .replace(.string("50Mi")))
  }

  @Test("a choice that is near one is offered that one")
  func choices() throws {
    let type = try property(
      .key("spec"), .key("rules"), .key("matches"), .key("headers"), .key("type"))
    #expect(type.value(from: "Exact") == .success(.string("Exact")))
    #expect(
      complaint(type, "Prefix") == "type \"Prefix\" does not exist; use Exact or RegularExpression")
    #expect(type.violations(in: .string("exact")).first?.fix == .replace(.string("Exact")))
  }

  @Test("a wrong type is told with what would do, and mended where that is plain")
  func types() throws {
    let weight = try ref("weight")
    let violation = try #require(weight.violations(in: .string("80")).first)
    #expect(
      violation.message
        == "weight \"80\" is a string, not a whole number; use 0 to 1000000 without quotes")
    #expect(violation.fix == .replace(.integer(80)))
    let name = try ref("name")
    #expect(
      name.violations(in: .integer(5)).first?.message
        == "name 5 is a number, not a string; write it in quotes")
    #expect(name.violations(in: .integer(5)).first?.fix == .replace(.string("5")))
  }

  @Test("a misspelt key is told with the right one")
  func unknownKeys() throws {
    let ref = try property(.key("spec"), .key("rules"), .key("backendRefs"), .index(0))
    let violation = try #require(
      ref.violations(in: .map(["name": .string("a"), "wieght": .integer(5)])).first)
    #expect(violation.message == "unknown field \"wieght\"; did you mean weight?")
    #expect(violation.fix == .rename("weight"))
    #expect(violation.path == Path([.key("wieght")]))
  }

  @Test("whole numbers count in every spelling")
  func spellings() throws {
    let weight = try ref("weight")
    for text in ["0x1F", "0o17", "1_000", "1.0", "1e3"] {
      #expect(weight.violations(in: .scalar(Scalar(plain: text))).isEmpty, "\(text)")
    }
  }
}

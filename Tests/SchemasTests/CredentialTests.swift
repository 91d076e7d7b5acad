import Schemas
import Testing

@Suite struct CredentialTests {
  /// Keys as providers make them, with letters of no real one.
  static let keys = [
    "sk-abcdefghijklmnopqrstuvwxyz0123456789", "sk-proj-Ab3dEf6hIj9lMn2pQr5t",
    "sk-ant-api03-AbCdEf1234567890", "sk-or-v1-0123456789abcdef0123456789abcdef",
    "gsk_Ab3dEf6hIj9lMn2pQr5tUv8xYz1", "xai-Ab3dEf6hIj9lMn2pQr5tUv8xYz1",
    "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE",
    "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q", "ghp_0123456789abcdefABCDEF0123456789abcd",
    "github_pat_11ABCDEFG0aBcDeFgHiJkL_mnop", "hf_abcdefghijklmnopqrstuvwxyzABCDEF",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----\\nMIIEowIBAAKCAQEA",
  ]

  @Test("keys of providers look like credentials and are masked whole", arguments: keys)
  func likely(key: String) {
    #expect(Credential.isLikely(key))
    #expect(Credential.masked(key) == "***")
    #expect(Credential.masked("value: \"\(key)\"").hasPrefix("value: \"***"))
    #expect(!Credential.masked("a \(key)").contains(key.suffix(8)))
  }

  @Test(
    "names and placeholders do not",
    arguments: [
      "", "sk-", "sk-...", "sk-proj-...", "sk-<key>", "sk-xxxxxxxxxxxxxxxxxxxxxxxx",
      "sk-your-api-key-goes-right-here", "sk-YOUR_OPENAI_API_KEY_GOES_HERE",
      "sk-placeholderplaceholder1", "OPENAI_API_KEY", "${OPENAI_API_KEY}", "Bearer ${TOKEN}",
      "Bearer OPENAI_API_KEY", "Bearer token of the gateway", "bearer authentication is needed",
      "sk-learn-model-server", "risk-abcdefghijklmnopqrstuvwxyz", "disk-0123456789abcdefghij",
      "AKIAIOSFODNN7EXAMPLETOOLONG", "AKIA", "AIza", "gpt-4o-mini", "claude-sonnet-4-20250514",
      "us.anthropic.claude-3-5-sonnet-20241022-v2:0", "meta-llama/Meta-Llama-3.1-8B-Instruct",
      "-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n-----END CERTIFICATE-----",
      "aigateway.envoyproxy.io/v1beta1", "ghp_short", "eyJhbGciOiJIUzI1NiJ9",
    ])
  func others(text: String) {
    #expect(!Credential.isLikely(text))
    #expect(Credential.masked(text) == text)
  }

  @Test("each of several in a longer text is masked, and nothing else of it")
  func several() {
    let text =
      "{a: \(Self.keys[0]), b: 'Bearer \(Self.keys[2])', é: x, c: Bearer 0123456789abcdefg}"
    #expect(Credential.masked(text) == "{a: ***, b: 'Bearer ***', é: x, c: Bearer ***}")
    let file =
      "[default]\naws_access_key_id = \(Self.keys[6])\naws_secret_access_key = "
      + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\nregion = eu-west-1"
    #expect(
      Credential.masked(file)
        == "[default]\naws_access_key_id = ***\naws_secret_access_key = ***\nregion = eu-west-1")
  }
}

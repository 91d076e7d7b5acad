import Resources
import Schemas

/// The paths at which providers are asked, where the answer does not stream (envoyproxy/ai-gateway
/// v1.1.0, internal/translator and internal/backendauth/gcp.go; the same files of v0.6.0, v0.7.0 and
/// v1.0.0).
struct UpstreamPath {
  let schema: APISchema
  let prefix: String?
  let version: String
  /// The model that the provider is asked for, nil where the request names none.
  let model: String?
  /// What Vertex is asked for, nil where no policy says so.
  let vertex: (project: String, region: String)?
  let release: Release

  /// The path for an endpoint; nil where the schema does not serve it, or what stands in the path is
  /// not known.
  func path(for endpoint: ServedEndpoint) -> String? {
    guard endpoint.isServed(by: schema, in: release) else { return nil }
    return switch schema {
    case .openAI: openAI(endpoint)
    case .anthropic: anthropic(endpoint)
    case .cohere: version.joined(with: "rerank")
    case .azureOpenAI: azure(endpoint)
    case .awsBedrock, .awsAnthropic: model.map { bedrock(endpoint, $0) }
    case .gcpVertexAI: model.flatMap { vertex("google", $0, gemini(endpoint, $0)) }
    case .gcpAnthropic: claudeOnVertex(endpoint)
    }
  }

  private func openAI(_ endpoint: ServedEndpoint) -> String {
    switch endpoint {
    case .tokenize: endpoint.path
    case .messages: below("chat/completions")
    case .chatCompletions, .completions, .embeddings, .responses, .responsesInputTokens, .speech,
      .transcriptions, .translations, .imageGenerations, .rerank, .countTokens:
      below(endpoint.suffix)
    }
  }

  private func anthropic(_ endpoint: ServedEndpoint) -> String {
    if endpoint == .countTokens { return "/v1/messages/count_tokens" }
    return release < .v0_7 ? "/v1/messages" : below("messages")
  }

  /// A path below the schema's prefix.
  private func below(_ suffix: String) -> String {
    let prefix = prefix ?? ""
    return (prefix.isEmpty ? "v1" : prefix).joined(with: suffix)
  }

  private func azure(_ endpoint: ServedEndpoint) -> String? {
    let query = "?api-version=\(version)"
    guard endpoint == .chatCompletions || endpoint == .embeddings else {
      return "/openai/\(endpoint.suffix)\(query)"
    }
    return model.map { "/openai/deployments/\($0)/\(endpoint.suffix)\(query)" }
  }

  private func bedrock(_ endpoint: ServedEndpoint, _ model: String) -> String {
    if endpoint == .countTokens || endpoint == .tokenize {
      // Tokens are counted for the model itself, not for a profile of regions.
      let isClaude = endpoint == .countTokens || schema == .awsAnthropic
      let bare = isClaude ? model.from("anthropic.") ?? model : model.withoutGeography
      return "/model/\(bare.pathEscaped)/count-tokens"
    }
    let method = schema == .awsAnthropic || endpoint == .embeddings ? "invoke" : "converse"
    return "/model/\(model.pathEscaped)/\(method)"
  }

  private func gemini(_ endpoint: ServedEndpoint, _ model: String) -> String {
    if endpoint == .tokenize { return "countTokens" }
    guard endpoint == .embeddings else { return "generateContent" }
    let isGemini = model.from("gemini") != nil && model != "gemini-embedding-001"
    return isGemini && release >= .v1_0 ? "embedContent" : "predict"
  }

  private func claudeOnVertex(_ endpoint: ServedEndpoint) -> String? {
    let isCounted = endpoint == .countTokens || endpoint == .tokenize
    return (isCounted ? "count-tokens" : model).flatMap { vertex("anthropic", $0, "rawPredict") }
  }

  private func vertex(_ publisher: String, _ model: String, _ method: String) -> String? {
    vertex.map { place in
      "/v1/projects/\(place.project)/locations/\(place.region)/publishers/\(publisher)/models/"
        + "\(model):\(method)"
    }
  }
}

extension UpstreamPath {
  /// Pools speak OpenAI's API below v1.
  init(toPoolFor model: String?, _ release: Release) {
    self.init(
      schema: .openAI, prefix: nil, version: "", model: model, vertex: nil, release: release)
  }
}

extension ServedEndpoint {
  /// Its path without `/v1/`, as providers of OpenAI's API have it.
  fileprivate var suffix: String { String(path.dropFirst("/v1/".count)) }
}

extension String {
  /// Joins two paths as Go's path.Join does, from the root.
  fileprivate func joined(with suffix: String) -> String {
    var parts: [Substring] = []
    for part in "\(self)/\(suffix)".split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The text as Go's url.PathEscape writes it.
  fileprivate var pathEscaped: String {
    let plain = Set("-_.~$&+:=@".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = utf8.flatMap { byte -> [UInt8] in
      let isPlain =
        plain.contains(byte) || (0x30...0x39).contains(byte)
        || (0x41...0x5a).contains(byte & 0xdf) && byte < 0x80
      return isPlain
        ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text from the first place where another stands in it, nil where it does not.
  fileprivate func from(_ start: String) -> String? {
    indices.first { self[$0...].hasPrefix(start) }.map { String(self[$0...]) }
  }

  /// A model's name without the geography prefix of an inference profile (`us.`, `eu.`).
  fileprivate var withoutGeography: String {
    let prefixes = ["us-gov.", "us.", "eu.", "apac.", "uk.", "au.", "jp.", "global."]
    return prefixes.first(where: hasPrefix).map { String(dropFirst($0.count)) } ?? self
  }
}

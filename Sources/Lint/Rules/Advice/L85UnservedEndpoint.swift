import Schemas
import Resources
import YAML

extension Rule {
  static let unservedEndpoint = Rule(
    "L85", "unserved-endpoint", .warning, "an endpoint that the backend's schema does not serve",
    why: "Each schema serves only some endpoints, and AI Gateway answers 500 to the others: the "
      + "APIs of Anthropic and Cohere have no chat completions, and only OpenAI has images, speech "
      + "and text completions.",
    bad: "{headers: [{name: x-ai-eg-model, value: whisper-1}]} to schema: {name: AzureOpenAI}",
    good: "{headers: [{name: x-ai-eg-model, value: whisper-1}]} to schema: {name: OpenAI}",
    reference: Citation.aiGateway("internal/endpointspec/endpointspec.go"),
    .bundle { bundle, report in
      let places = bundle.knownAIServiceBackends
      guard !places.isEmpty else { return }
      let narrow = APISchema.allCases.filter { !$0.servesKnownEndpoints(in: bundle.release) }
      var reported: Set<ObjectKey> = []
      for (index, route) in bundle.routes {
        for rule in route.rules {
          lazy var named = KnownModel(among: rule.namedModels)
          for (place, ref) in rule.refs.enumerated() where !ref.isPool && ref.isLive {
            let target = ref.target(from: route.namespace)
            guard let schema = bundle.service(target)?.api, narrow.contains(schema) else {
              continue
            }
            let own = ref.ownModel.map { KnownModel(among: [$0]) }
            guard let known = own ?? named else { continue }
            reported.insert(target)
            guard !known.endpoint.isServed(by: schema, in: bundle.release) else { continue }
            report.add(
              "model \(known.name.quoted) is asked for at \(known.endpoint.path), which schema "
                + "\(schema.rawValue) of AIServiceBackend \(target.name) does not serve: requests "
                + "get 500; use a backend of schema "
                + known.endpoint.schemas(in: bundle.release).map(\.rawValue).alternatives,
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: index)
          }
        }
      }
      for place in places where !reported.contains(place.service.key) {
        guard let schema = place.service.api,
          !ServedEndpoint.chatCompletions.isServed(by: schema, in: bundle.release)
        else { continue }
        let served = schema.endpoints(in: bundle.release).map(\.path).joined(separator: " and ")
        report.add(
          "schema \(schema.rawValue) serves \(served) only: clients that ask at "
            + "\(ServedEndpoint.chatCompletions.path) get 500", at: .to("spec", "schema", "name"),
          in: place.index, severity: .info)
      }
    })
}

/// A model that is asked for at one endpoint only, as its name says.
private struct KnownModel {
  let name: String
  let endpoint: ServedEndpoint
}

extension KnownModel {
  /// The first of some, nil where no name says so.
  init?(among names: [String]) {
    let known = names.lazy.compactMap { name in
      ServedEndpoint(ofModel: name).map { KnownModel(name: name, endpoint: $0) }
    }.first
    guard let known else { return nil }
    self = known
  }
}

extension ServedEndpoint {
  /// The endpoint at which a model is asked for, nil where its name does not say.
  fileprivate init?(ofModel model: String) {
    var model = model
    let found = model.withUTF8 { bytes -> Int? in
      let letters = ServedEndpoint.firstLetters
      return bytes.indices.lazy
        .filter { letters[Int(bytes[$0] | 0x20)] && bytes.isWordStart($0) }
        .compactMap { place in
          ServedEndpoint.starts.firstIndex { words, _ in bytes.beginWords(words[...], at: place) }
        }.min()
    }
    guard let found else { return nil }
    self = ServedEndpoint.starts[found].1
  }

  /// The endpoints that models' names tell.
  fileprivate static var known: [ServedEndpoint] { starts.map(\.1) }

  /// How words of a model's name begin; a reranker may have `embed` in its name too.
  private static let starts = [
    (["rerank"], ServedEndpoint.rerank), (["embed"], .embeddings), (["whisper"], .transcriptions),
    (["dall", "e"], .imageGenerations), (["gpt", "image"], .imageGenerations),
  ].map { words, endpoint in (words.map { Array($0.utf8) }, endpoint) }

  /// Which bytes one of them begins with, as small letters.
  private static let firstLetters = (0..<256).map { byte in
    starts.contains { words, _ in words.first?.first.map(Int.init) == byte }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a word begins at a place.
  fileprivate func isWordStart(_ place: Int) -> Bool {
    isOfWord(place) && (place == 0 || !isOfWord(place - 1))
  }

  /// Whether the word that begins at a place begins with the first of some words in small letters, the
  /// next word with the second, and so on.
  fileprivate func beginWords(_ words: ArraySlice<[UInt8]>, at place: Int) -> Bool {
    guard let word = words.first else { return true }
    guard place + word.count <= count, self[place] | 0x20 == word[0],
      word.indices.allSatisfy({ self[place + $0] | 0x20 == word[$0] })
    else { return false }
    guard words.count > 1 else { return true }
    let end = self[place...].indices.first { !isOfWord($0) } ?? count
    let next = self[end...].indices.first { isOfWord($0) }
    return next.map { beginWords(words.dropFirst(), at: $0) } ?? false
  }

  private func isOfWord(_ place: Int) -> Bool {
    self[place].isAlphanumeric || self[place] >= 0x80
  }
}

extension APISchema {
  /// Whether a release serves it every endpoint that a model's name tells, and chat completions.
  fileprivate func servesKnownEndpoints(in release: Release) -> Bool {
    (ServedEndpoint.known + [.chatCompletions]).allSatisfy { $0.isServed(by: self, in: release) }
  }
}

/// The fields of a BackendTrafficPolicy that forms keep as they are.
enum BackendTrafficPolicyPassThrough {
  static let facts = SchemaTable.object(table, parts: parts)

  static let healthCheck = part("healthCheck")
  static let connection = part("connection")

  private static func part(_ name: String) -> ObjectSchema {
    ObjectSchema(facts.property(name)?.fields ?? [])
  }

  private static let table = """
    admissionControl object ; since 0.7 ; minSuccessRate>=1 ; minSuccessRate<=100 \
        ; maxRejectionPercent>=0 ; maxRejectionPercent<=100 ; samplingWindow>=1s \
        # Refuses a growing share of requests while too few of the latest ones succeed.
      maxRejectionPercent int 0..100 \
          # The highest percentage of requests that is refused; 80 if left out.
      minRequestRate int 0.. \
          # Below this many requests per second nothing is refused; 0 if left out.
      minSuccessRate int 1..100 \
          # The percentage of successful requests below which refusing begins; 95 if left out.
      rejectionAggression int 1.. \
          # How steeply refusals rise as the success rate falls: 1, the default, is linear, \
          more is steeper.
      samplingWindow duration \
          # The last stretch of time whose requests are counted, at least 1s; 30s if left out.
      successCriteria object # Which responses count as successes.
        grpc object # Successes among gRPC requests.
          statusCodes list # The gRPC status codes that count as successes.
            - choice Ok Cancelled Unknown InvalidArgument DeadlineExceeded NotFound \
                AlreadyExists PermissionDenied ResourceExhausted FailedPrecondition Aborted \
                OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated \
                # A gRPC status that counts as a success.
        http object # Successes among HTTP requests.
          statusCodes list # The HTTP status codes that count as successes.
            - long 100..599 # An HTTP status that counts as a success.
    bandwidthLimit object ; since 0.7 ; request | response \
        # Limits how many bytes per time go to backends and come from them.
      request object # The limit for what is sent to backends.
        limit! object # Bytes per unit of time towards backends.
          unit! choice Second Minute Hour # The time in which value bytes may be sent.
          value! size # The bytes that may be sent in one unit of time, such as 10Mi.
      response object # The limit for what comes from backends.
        limit! object # Bytes per unit of time from backends.
          unit! choice Second Minute Hour # The time in which value bytes may arrive.
          value! size # The bytes that may arrive in one unit of time, such as 10Mi.
        responseTrailers object \
            # Adds trailers to delayed responses that say by how many milliseconds.
          prefix text oneLine \
              # What the names of these trailers begin with: x-eg makes x-eg-bandwidth- \
              request-delay-ms; nothing if left out.
    circuitBreaker use circuitBreaker
    compression use compressions \
        # Compresses responses for clients that accept it; deprecated, use compressor.
    compressor use compressions \
        # Compresses responses for clients that accept it, by any of these algorithms.
    connection use clusterConnection
    dns use dns
    faultInjection object ; delay | abort \
        # Delays requests or answers them with errors on purpose, to test clients.
      abort object ; httpStatus => !grpcStatus ; httpStatus | grpcStatus \
          # Answers requests with an error instead of sending them to a backend.
        grpcStatus int 0..16 ; until 0.6 as int # The gRPC status of the error.
        httpStatus int 200..600 # The HTTP status of the error.
        percentage number = 100 # The percentage of requests that get the error; 0 is none.
      delay object # Holds requests back before they go to a backend.
        fixedDelay! duration # How long a request is held back.
        percentage number = 100 # The percentage of requests that are delayed; 0 is none.
    healthCheck use healthCheck
    http2 use http2
    httpUpgrade list \
        # The protocols that a connection may change to; only websocket if left out, none with \
        requestBuffer.
      - object ; connect => type=CONNECT # A protocol that a connection may change to.
        connect object # How CONNECT requests are handled.
          terminate bool \
              # Whether the gateway ends CONNECT itself and sends the content on as plain TCP.
        type! text # The protocol, such as websocket or CONNECT, in upper or lower case.
    loadBalancer use loadBalancer
    proxyProtocol use sentProxyProtocol
    rateLimit object \
        # Limits how many requests, or how much of what they cost, is allowed per time; more \
        get 429.
      global object \
          # Limits that hold for all proxies together, counted by Envoy Gateway's rate limit \
          service.
        rules! list ..256 ; until 0.6 as ..128 \
            # The limits. A request counts towards each rule that matches it, and any exceeded \
            one refuses it.
          - use rateRule
      local object # Limits that each proxy counts for itself.
        rules list ..16 ; @noResponseCost ; until 0.6 @noShadow ; since next @noLimitMetadata \
            # The limits. Where several match a request, the strictest one applies.
          - use rateRule
      type choice Global Local \
          # Which of global and local applies; deprecated, set either of them or both.
    requestBuffer object \
        # Receives a request completely before it is sent on; not together with httpUpgrade.
      limit size # The largest request in bytes, such as 10Mi; larger ones get 413.
    responseOverride list # Replaces responses; the first entry that matches a response applies.
      - object ; response | redirect ; response => !redirect \
          # Which responses are replaced, and by what.
        match! object ; since next statusCodes | responseHeaders # Which responses are replaced.
          responseHeaders list 1..16 ; since next \
              # Headers that the response must have, all of them.
            - object # A header that the response must have.
              name! header # The name of the response header, in upper or lower case.
              value! use stringMatch # What the header's value must be.
          statusCodes! list 1..50 ; since next as optional \
              # The status codes of the response, any of which fits.
            - object ; type!=Range => value ; type=Range => range \
                # A status code, or a range of them.
              range object ; start<end # The status codes from start to end, for type Range.
                end! long # The last status code of the range.
                start! long # The first status code of the range.
              type! choice Value Range = Value \
                  # Whether one status code is meant (Value) or a range of them (Range).
              value long # The status code, for type Value.
        redirect object # Sends the client to another address instead.
          hostname subdomain # The host in the Location header; that of the request if left out.
          path use pathModifier ; type=ReplaceFullPath \
              # The path in the Location header; that of the request if left out. Only \
              ReplaceFullPath works.
          port int \
              # The port in the Location header; left out, that of the given scheme, else that \
              of the listener.
          scheme choice http https \
              # The scheme in the Location header; that of the request if left out.
          statusCode code 301 302 = 302 # The status of the redirect: 302 for now, 301 for good.
        response object # The response that is sent instead.
          body use customResponseBody # The body that is sent instead.
          contentType text # The Content-Type header of the new response.
          header use customResponseHeader # Headers to set or to add in the new response.
          statusCode long # The status that is sent instead; the status is kept if left out.
        source choice All Local Backend ; since 0.7 \
            # Whose responses are replaced: the gateway's own (Local), those of backends \
            (Backend) or both (All), the default.
    routingType text \
        # Whether requests go to the endpoints of a Service (Endpoint) or to its cluster IP \
        (Service); the EnvoyProxy decides if left out.
    tcpKeepalive use tcpKeepalive
    telemetry object # What is measured and traced of the requests.
      metrics object # The metrics of the routes.
        routeStatName text \
            # The name under which metrics of a route are counted, such as \
            %ROUTE_NAMESPACE%/%ROUTE_NAME%; there are none if left out.
      tracing object with tracingSettings \
          # Which requests are traced and with what tags, instead of what the EnvoyProxy says.
        clientSamplingFraction use fraction ; since next \
            # The share of requests that are traced because the client asks for it; none if \
            left out.
        overallSamplingFraction use fraction ; since next \
            # The share of requests that stay traced after every other decision.
    useClientProtocol bool \
        # Whether backends are preferably called with the HTTP version of the client's \
        request; false if left out.
    """

  private static let parts = SchemaTable.parts(
    """
    compressions list
      - object # A way to compress responses.
        brotli object # Settings of type Brotli; it has none so far.
        gzip object # Settings of type Gzip; it has none so far.
        minContentLength size \
            # The smallest response in bytes that is compressed, at least 30; 30 if left out.
        type! choice Gzip Brotli Zstd # The algorithm.
        zstd object # Settings of type Zstd; it has none so far.
    requestCost object ; number => !metadata
      from! choice Number Metadata \
          # Whether the cost is a fixed number or is read from the request's metadata.
      metadata object # Where in the request's metadata the cost stands, for Metadata.
        key! text \
            # The key of the cost in that namespace, such as a metadataKey in llmRequestCosts \
            of the AIGatewayRoute.
        namespace! text \
            # The namespace of the metadata; AI Gateway writes its costs to \
            io.envoy.ai_gateway.
      number long # The cost, for Number; 0 only checks whether the limit is reached.
    rateRule object # A limit and the requests it is for.
      clientSelectors list ..8 \
          # Which requests the limit is for, where all selectors match; all of the route if \
          left out.
        - object with limitedRequests ; headers | methods | path | sourceCIDR | queryParams \
            # Conditions on a request, all of which must hold.
          headers list ..64 ; until 0.6 as ..16 ; since next as ..128 \
              # Headers that the request must have, all of them.
            - use limitedValue
      cost object # How much of the limit a request uses up; 1 when it arrives, if left out.
        request use requestCost \
            # What is used up when the request arrives; 1 if left out. Where less is left, the \
            request gets 429.
        response use requestCost \
            # What is used up after the response, such as its tokens; nothing if left out. \
            Only for global limits.
      limit! object # How much is allowed per time.
        fromMetadata object ; since next \
            # Where the request's metadata holds a limit of its own; it replaces requests and \
            unit.
          key! text 1.. # The key of the limit in that namespace.
          namespace! text 1.. # The namespace of the metadata that holds the limit.
        requests! long 1..4294967295 ; until 0.6 as long ; since next as long 0..4294967295 \
            # How many requests, or how much of their cost, is allowed in one unit of time.
        unit! choice Second Minute Hour Day Month Year \
            ; since next as choice Second Minute Hour Day Week Month Year \
            # The time in which that much is allowed.
      shadowMode bool \
          # Whether requests are only counted and never refused. Only for global limits.
      shared bool \
          # Whether all routes of the policy share one count; false if left out: each has its \
          own.
      xRateLimitHeaders choice Off DraftVersion03 ; since 0.7 \
          # Whether responses carry X-RateLimit headers for this limit; the \
          ClientTrafficPolicy decides if left out.
    """, and: SchemaTable.clusterSettings.merging(SchemaTable.limits) { one, _ in one })
}

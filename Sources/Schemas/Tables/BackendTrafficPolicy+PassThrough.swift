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
        ; maxRejectionPercent>=0 ; maxRejectionPercent<=100 ; samplingWindow>=1s
      maxRejectionPercent int 0..100
      minRequestRate int 0..
      minSuccessRate int 1..100
      rejectionAggression int 1..
      samplingWindow duration
      successCriteria object
        grpc object
          statusCodes list
            - choice Ok Cancelled Unknown InvalidArgument DeadlineExceeded NotFound \
                AlreadyExists PermissionDenied ResourceExhausted FailedPrecondition Aborted \
                OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated
        http object
          statusCodes list
            - long 100..599
    bandwidthLimit object ; since 0.7 ; request | response
      request object
        limit! object
          unit! choice Second Minute Hour
          value! size
      response object
        limit! object
          unit! choice Second Minute Hour
          value! size
        responseTrailers object
          prefix text oneLine
    circuitBreaker use circuitBreaker
    compression use compressions
    compressor use compressions
    connection use clusterConnection
    dns use dns
    faultInjection object ; delay | abort
      abort object ; httpStatus => !grpcStatus ; httpStatus | grpcStatus
        grpcStatus int 0..16 ; until 0.6 as int
        httpStatus int 200..600
        percentage number = 100
      delay object
        fixedDelay! duration
        percentage number = 100
    healthCheck use healthCheck
    http2 use http2
    httpUpgrade list
      - object ; connect => type=CONNECT
        connect object
          terminate bool
        type! text
    loadBalancer use loadBalancer
    proxyProtocol use sentProxyProtocol
    rateLimit object
      global object
        rules! list ..256 ; until 0.6 as ..128
          - use rateRule
      local object
        rules list ..16 ; @noResponseCost ; until 0.6 @noShadow ; since next @noLimitMetadata
          - use rateRule
      type choice Global Local
    requestBuffer object
      limit size
    responseOverride list
      - object ; response | redirect ; response => !redirect
        match! object ; since next statusCodes | responseHeaders
          responseHeaders list 1..16 ; since next
            - object
              name! header
              value! object
                type choice Exact Prefix Suffix RegularExpression = Exact
                value! text 1..1024
          statusCodes! list 1..50 ; since next as optional
            - object ; type!=Range => value ; type=Range => range
              range object ; start<end
                end! long
                start! long
              type! choice Value Range = Value
              value long
        redirect object
          hostname subdomain
          path use pathModifier ; type=ReplaceFullPath
          port int
          scheme choice http https
          statusCode code 301 302 = 302
        response object
          body use customResponseBody
          contentType text
          header use customResponseHeader
          statusCode long
        source choice All Local Backend ; since 0.7
    routingType text
    tcpKeepalive use tcpKeepalive
    telemetry object
      metrics object
        routeStatName text
      tracing object
        clientSamplingFraction use fraction ; since next
        customTags map
          - object
            environment object
              defaultValue text
              name! text
            literal object
              value! text
            requestHeader object
              defaultValue text
              name! text
            type! choice Literal Environment RequestHeader = Literal
        overallSamplingFraction use fraction ; since next
        samplingFraction use fraction
        spanName object
          client! text
          server! text
        tags use matchLabels
    useClientProtocol bool
    """

  private static let parts = SchemaTable.parts(
    """
    compressions list
      - object
        brotli object
        gzip object
        minContentLength size
        type! choice Gzip Brotli Zstd
        zstd object
    requestCost object ; number => !metadata
      from! choice Number Metadata
      metadata object
        key! text
        namespace! text
      number long
    limitedValue object
      invert bool = false
      name! text 1..256
      type choice Exact RegularExpression Distinct = Exact
      value text ..1024
    limitedValues list ..16
      - use limitedValue
    rateRule object
      clientSelectors list ..8
        - object ; headers | methods | path | sourceCIDR | queryParams
          headers list ..64 ; until 0.6 as ..16 ; since next as ..128
            - use limitedValue
          methods list
            - object
              invert bool = false
              value! choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH
          path object
            invert bool = false
            type choice Exact PathPrefix RegularExpression = PathPrefix
            value! text ..1024 = '/'
          queryParams use limitedValues
          sourceCIDR object
            invert bool = false ; since 0.7
            type choice Exact Distinct = Exact
            value! text 1..256
      cost object
        request use requestCost
        response use requestCost
      limit! object
        fromMetadata object ; since next
          key! text 1..
          namespace! text 1..
        requests! long 1..4294967295 ; until 0.6 as long ; since next as long 0..4294967295
        unit! choice Second Minute Hour Day Month Year \
            ; since next as choice Second Minute Hour Day Week Month Year
      shadowMode bool
      shared bool
      xRateLimitHeaders choice Off DraftVersion03 ; since 0.7
    """, and: SchemaTable.clusterSettings)
}

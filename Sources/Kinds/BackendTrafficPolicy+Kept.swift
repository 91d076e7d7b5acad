/// The fields of a BackendTrafficPolicy that forms keep as they are.
enum BackendTrafficPolicyKept {
  static let facts = ObjectSchema(Facts.fields(table, parts: parts))

  static let healthCheck = part("healthCheck")
  static let connection = part("connection")

  private static func part(_ name: String) -> ObjectSchema {
    ObjectSchema(facts.property(name)?.fields ?? [])
  }

  private static let table = """
    admissionControl object ; minSuccessRate>=1 ; minSuccessRate<=100 \
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
    bandwidthLimit object ; request | response
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
    circuitBreaker object
      maxConnections long 0..4294967295 = 1024
      maxParallelRequests long 0..4294967295 = 1024
      maxParallelRetries long 0..4294967295 = 1024
      maxPendingRequests long 0..4294967295 = 1024
      maxRequestsPerConnection long 0..4294967295
      perEndpoint object
        maxConnections long 0..4294967295 = 1024
      retryBudget object
        minRetryConcurrency int
        percent! use fraction
    compression use compressions
    compressor use compressions
    connection object
      bufferLimit size
      preconnect object
        perEndpointPercent int 100..300
        predictivePercent int 100..
      socketBufferLimit size
    dns object
      dnsRefreshRate duration
      lookupFamily choice IPv4 IPv6 IPv4Preferred IPv6Preferred IPv4AndIPv6
      respectDnsTtl bool
    faultInjection object ; delay | abort
      abort object ; httpStatus => !grpcStatus ; httpStatus | grpcStatus
        grpcStatus int 0..16
        httpStatus int 200..600
        percentage number = 100
      delay object
        fixedDelay! duration
        percentage number = 100
    healthCheck object
      active object ; type ? HTTP:http TCP:tcp ; grpc => type=GRPC
        grpc object
          service text
        healthyThreshold int 1.. = 1
        http object
          expectedResponse use payload
          expectedStatuses list
            - long 100..599
          hostname subdomain
          method text
          path! text 1..1024
          retriableStatuses list
            - long 100..599
        initialJitter duration
        interval duration = 3s
        overrides object
          port port
        tcp object
          receive use payload
          send use payload
        timeout duration = 1s
        type! choice HTTP TCP GRPC
        unhealthyThreshold int 1.. = 3
      panicThreshold int 0..100
      passive object
        alwaysEjectOneEndpoint bool = false
        baseEjectionTime duration = 30s
        consecutive5XxErrors int = 5
        consecutiveGatewayErrors int
        consecutiveLocalOriginFailures int = 5
        failurePercentageThreshold int 0..100
        interval duration = 3s
        maxEjectionPercent int 0..100 = 10
        splitExternalLocalOriginErrors bool = false
    http2 use http2
    httpUpgrade list
      - object ; connect => type=CONNECT
        connect object
          terminate bool
        type! text
    loadBalancer object \
        ; type ? ConsistentHash:consistentHash BackendUtilization:backendUtilization \
        DynamicModule:dynamicModule ; type=Random,ConsistentHash,DynamicModule => !slowStart \
        ; type=ConsistentHash,BackendUtilization => !zoneAware.preferLocal \
        ; type=DynamicModule => !zoneAware \
        ; zoneAware.preferLocal => !zoneAware.weightedZones \
        ; type=DynamicModule => !endpointOverride
      backendUtilization object
        blackoutPeriod duration
        errorUtilizationPenaltyPercent int 0..
        keepResponseHeaders bool = false
        metricNamesForComputingUtilization use texts
        weightExpirationPeriod duration
        weightUpdatePeriod duration
      consistentHash object \
          ; type ? Header:header Headers:headers Cookie:cookie QueryParams:queryParams
        cookie object
          attributes use matchLabels
          name! text
          ttl duration
        header object
          name! text
        headers list
          - object
            name! text
        queryParams list
          - object
            name! text
        tableSize long 2..5000011 = 65537
        type! choice SourceIP Header Headers Cookie QueryParams
      dynamicModule object
        config any
        lbPolicyName! name
        name! text 1..253 moduleName
      endpointOverride object
        extractFrom! list 1..10
          - object
            header text
      slowStart object
        window! duration
      type! choice ConsistentHash LeastRequest Random RoundRobin BackendUtilization DynamicModule
      zoneAware object
        preferLocal object
          force object
            minEndpointsInZoneThreshold int
          minEndpointsThreshold long
          percentageEnabled int 0..100
        weightedZones list by zone
          - object
            weight! int
            zone! text
    proxyProtocol object
      version! choice V1 V2
    rateLimit object
      global object
        rules! list ..256
          - use rateRule
      local object
        rules list ..16 ; @noResponseCost
          - use rateRule
      type choice Global Local
    requestBuffer object
      limit size
    responseOverride list
      - object ; response | redirect ; response => !redirect
        match! object
          statusCodes! list 1..50
            - object ; type!=Range => value ; type=Range => range
              range object ; start<end
                end! long
                start! long
              type! choice Value Range = Value
              value long
        redirect object
          hostname subdomain
          path use pathModifier
          port int
          scheme choice http https
          statusCode code 301 302 = 302
        response object
          body use customResponseBody
          contentType text
          header use customResponseHeader
          statusCode long
        source choice All Local Backend
    routingType text
    tcpKeepalive object
      idleTime duration
      interval duration
      probes int
    telemetry object
      metrics object
        routeStatName text
      tracing object
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
        samplingFraction use fraction
        spanName object
          client! text
          server! text
        tags use matchLabels
    useClientProtocol bool
    """

  private static let parts = Facts.parts(
    """
    payload object ; type ? Text:text Binary:binary
      binary text base64
      text text
      type! choice Text Binary
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
    limitedValues list ..16
      - object
        invert bool = false
        name! text 1..256
        type choice Exact RegularExpression Distinct = Exact
        value text ..1024
    rateRule object
      clientSelectors list ..8
        - object ; headers | methods | path | sourceCIDR | queryParams
          headers list ..64
            - object
              invert bool = false
              name! text 1..256
              type choice Exact RegularExpression Distinct = Exact
              value text ..1024
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
            invert bool = false
            type choice Exact Distinct = Exact
            value! text 1..256
      cost object
        request use requestCost
        response use requestCost
      limit! object
        requests! int 1..4294967295 ; @unusable
        unit! choice Second Minute Hour Day Month Year
      shadowMode bool
      shared bool
      xRateLimitHeaders choice Off DraftVersion03
    """, and: Facts.common)
}

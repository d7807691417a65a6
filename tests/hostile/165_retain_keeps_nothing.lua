-- SAFE ENGINE MUST: judge each request by its own facts
-- verdict: retain
-- hook: deletion
return { deletion = function(request)
  local before = seen
  seen = request.client.name
  return retain { ground = if before then "escape" else "dispute" }
end }

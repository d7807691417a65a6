-- SAFE ENGINE MUST: refuse to retain without a ground
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return retain {}
end }

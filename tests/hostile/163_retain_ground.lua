-- SAFE ENGINE MUST: refuse a ground that is no code
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return retain { ground = "<b>" }
end }

-- SAFE ENGINE MUST: refuse a code with other signs
-- verdict: bad_result
-- hook: deletion
return { deletion = function(request)
  return deny { code = "no way", text = "No." }
end }

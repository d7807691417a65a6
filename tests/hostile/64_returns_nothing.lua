-- SAFE ENGINE MUST: refuse no result at all
-- verdict: bad_result
return { notification = function(notice)
  local _ = notice.kind
end }

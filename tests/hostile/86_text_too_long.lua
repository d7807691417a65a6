-- SAFE ENGINE MUST: refuse a text of more than 64 KiB
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = ("x"):rep(64 * 1024 + 1) }
end }

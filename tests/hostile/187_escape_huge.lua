-- SAFE ENGINE MUST: refuse to escape what grows beyond all limits
-- verdict: runtime
-- line: 6
return { notification = function(notice)
  local quotes = ("'"):rep(4000000)
  for _ = 1, 100 do html.escape(quotes .. quotes) end
  return { subject = "ESCAPE", text = "t" }
end }

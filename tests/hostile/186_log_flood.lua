-- SAFE ENGINE MUST: keep 20 short lines and forget the rest
-- verdict: words done
return { notification = function(notice)
  for at = 1, 50000 do log(at, ("x"):rep(1000), "\r\n\27[31m") end
  return { subject = "done", text = "t" }
end }

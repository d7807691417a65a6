-- SAFE ENGINE MUST: refuse an address that runs, spelt by entities
-- verdict: bad_result
return { notification = function(notice)
  return { subject = "s", text = "t", html = '<a href="java&#115;cript&colon;alert(1)">in</a>' }
end }

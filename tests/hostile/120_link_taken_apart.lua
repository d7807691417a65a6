-- SAFE ENGINE MUST: give nothing but the placeholder to take apart
-- verdict: words s
-- kind: invitation
return { notification = function(notice)
  return { subject = #notice.link == 21 and "s" or "ESCAPE", text = notice.link, html = html.template('<a href="{link}">in</a>', notice) }
end }

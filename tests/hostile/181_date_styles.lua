-- SAFE ENGINE MUST: answer every style with a text or an error
-- verdict: words survived
return { notification = function(notice)
  local styles = { "", "%", "%%%", "%Q", "%#z", "%:::z", "%999999d", "%-", "%E", "%.99f", "%_", "%0", "%+", "%s", "%n%t", "%c", "%\xff", ("%c"):rep(50), ("x"):rep(101), "%\0" }
  for _, style in styles do
    local ok, said = pcall(date, 0, style)
    if ok and (type(said) ~= "string" or #said > 10000) then return { subject = "ESCAPE " .. style, text = "t" } end
  end
  return { subject = "survived", text = "t" }
end }

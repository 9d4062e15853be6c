package urlkey

import (
	"strings"
	"testing"
)

// Each line holds the addresses of one page, in the shapes that publishers'
// systems give them; no two lines are of one page. Hosts are invented.
const families = `
# WordPress
https://blog.example/2026/11/14/council-votes/ http://blog.example/2026/11/14/council-votes https://www.blog.example/2026/11/14/council-votes/?amp https://blog.example/2026/11/14/council-votes/amp/ https://blog.example/2026/11/14/council-votes/?amp=1 https://blog.example/2026/11/14/council-votes/?utm_source=rss&utm_medium=rss&utm_campaign=council-votes https://blog.example/2026/11/14/council-votes/?replytocom=4711#respond https://blog.example/2026/11/14/council-votes/#comments https://blog.example/2026/11/14/council-votes/?share=twitter https://blog.example/2026/11/14/council-votes/print/ https://blog.example/2026/11/14/council-votes/?noamp=mobile
https://blog.example/2026/11/14/council-votes/2/
https://blog.example/2026/11/14/council-votes-2/
https://blog.example/2026/11/14/council-votes/feed/
https://blog.example/2026/11/14/ https://blog.example/2026/11/14
https://blog.example/2026/11/
https://blog.example/?p=123 https://blog.example/index.php?p=123 https://www.blog.example/?p=123&utm_source=x
https://blog.example/?p=124
https://blog.example/?p=12
https://blog.example/?page_id=123
https://blog.example/?cat=123
https://blog.example/?feed=rss2
https://blog.example/ https://blog.example http://www.blog.example/index.php https://m.blog.example/ https://blog.example:443/ http://blog.example:80/?
https://blog.example/?feed=atom
https://blog.example/?s=council
https://blog.example/page/2/ https://blog.example/page/2
https://blog.example/page/3/

# Arc, outputType
https://daily.example/politics/2026/11/14/the-vote/ https://daily.example/politics/2026/11/14/the-vote/?outputType=amp https://daily.example/politics/2026/11/14/the-vote?itid=hp_top_1 https://daily.example/politics/2026/11/14/the-vote/?wpisrc=nl_powerup&wpmm=1 https://daily.example/politics/2026/11/14/the-vote/?_gl=1*abc*_ga*def
https://daily.example/politics/2026/11/15/the-vote/
https://daily.example/Politics/2026/11/14/the-vote/
https://daily.example/politics/2026/11/14/the-vote/?outputType=comment

# Drupal
https://drupal.example/node/4711 https://drupal.example/node/4711/ https://drupal.example/node/4711?fbclid=IwAR0x https://drupal.example/node/4711/print https://drupal.example/node/4711?amp
https://drupal.example/node/4712
https://drupal.example/?q=node/4713 https://drupal.example/?q=node%2F4713 https://drupal.example/index.php?q=node/4713
https://drupal.example/?q=node/4714
https://drupal.example/de/node/4711
https://drupal.example/news?page=1
https://drupal.example/news?page=2
https://drupal.example/news

# Escenic, CUE
https://nordic.example/nyheter/i/Abc12X/tittel https://nordic.example/nyheter/i/Abc12X/tittel?ns_mchannel=email&ns_source=apsis&ns_linkname=x https://nordic.example/nyheter/i/Abc12X/tittel?service=print https://nordic.example/nyheter/i/Abc12X/tittel?utm_content=k
https://nordic.example/nyheter/i/abc12X/tittel
https://escenic.example/news/article1234567.ece https://escenic.example/news/article1234567.ece?service=print https://escenic.example/news/article1234567.ece/amp/ https://escenic.example/news/article1234567.ece#comments_98765
https://escenic.example/news/article1234568.ece
https://escenic.example/news/article1234567.ece?photo=2

# Atex, Polopoly, Ariadne and others with numbers in the name
https://atex.example/kultur/zeugen-1.4711 https://atex.example/kultur/zeugen-1.4711?print=true https://atex.example/kultur/zeugen-1.4711?source=rss https://atex.example/kultur/zeugen-1.4711#redirectedFromLandingpage
https://atex.example/kultur/zeugen-1.4712
https://atex.example/kultur/zeugen-2.4711
https://ozg.example/wirtschaft/artikel-a-1234567.html https://ozg.example/wirtschaft/artikel-a-1234567-amp.html https://ozg.example/wirtschaft/artikel-a-1234567-druck.html https://ozg.example/wirtschaft/artikel-a-1234567.html?sara_ref=re-xx-cp-sh https://ozg.example/wirtschaft/artikel-a-1234567.html?wt_zmc=sm.int.zonaudev.twitter&WT.mc_id=x https://ozg.example/wirtschaft/artikel-a-1234567.html?drucken=1
https://ozg.example/wirtschaft/artikel-a-1234567-2.html
https://ozg.example/wirtschaft/artikel-a-1234568.html
https://ozg.example/technik/the-best-guitar-amp.html
https://ozg.example/technik/the-best-guitar.html
https://ozg.example/technik/photo-print.html
https://ozg.example/technik/photo.html

# CoreMedia, Sophora
https://rundfunk.example/inland/wahl-101.html https://rundfunk.example/inland/wahl-101~amp.html https://rundfunk.example/inland/wahl-101~print.html https://rundfunk.example/inland/wahl-101.html?at_medium=rss&at_campaign=nachrichten
https://rundfunk.example/inland/wahl-102.html
https://rundfunk.example/inland/wahl-101~_page-2.html
https://rundfunk.example/fernsehen/sendung,view2-xyz100.html https://rundfunk.example/fernsehen/sendung%2Cview2-xyz100.html
https://rundfunk.example/fernsehen/sendung,view3-xyz100.html

# commas, one number in a path
https://komma.example/0,1518,812345,00.html https://komma.example/0%2C1518%2C812345%2C00.html http://komma.example//0,1518,812345,00.html
https://komma.example/0,1518,812346,00.html
https://komma.example/article0,2345.html
https://komma.example/1518/812345

# Faz-like, Welt-like
https://zeitung.example/aktuell/politik/x-110123456.html https://zeitung.example/aktuell/politik/x-110123456.html?GEPC=s5 https://zeitung.example/aktuell/politik/x-110123456.html?service=printPreview https://zeitung.example/aktuell/politik/x-110123456.html?printPagedArticle=true#pageIndex_2 https://zeitung.example/aktuell/politik/x-110123456.amp.html https://zeitung.example/aktuell/politik/x-110123456.html?wtrid=socialmedia.x&ICID=teaser
https://zeitung.example/aktuell/politik/x-110123457.html
https://zeitung.example/aktuell/politik/x-110123456-p2.html

# French: xtor, imprimer
https://journal.example/politique/article/2026/11/14/un-titre_6012345_823448.html https://journal.example/politique/article/2026/11/14/un-titre_6012345_823448.html#xtor=AL-32280270 https://journal.example/politique/article/2026/11/14/un-titre_6012345_823448.html?xtor=RSS-3208 https://journal.example/politique/article/2026/11/14/un-titre_6012345_823448.html?lmd_medium=al&lmd_campaign=envoye-par-appli&lmd_creation=ios https://journal.example/amp/politique/article/2026/11/14/un-titre_6012345_823448.html https://journal.example/politique/article/2026/11/14/un-titre_6012345_823448.html?imprimer=1
https://journal.example/politique/article/2026/11/14/un-titre_6012346_823448.html
https://journal.example/politique/breve/2026/11/14/un-titre_6012345_823448.html

# Spanish and Portuguese
https://diario.example/espana/2026-11-14/un-titulo.html https://diario.example/espana/2026-11-14/un-titulo.html?ssm=TW_CM https://diario.example/espana/2026-11-14/un-titulo.html?outputType=amp https://diario.example/espana/2026-11-14/un-titulo.html/imprimir https://diario.example/espana/2026-11-14/un-titulo.amp.html https://movil.diario.example/espana/2026-11-14/un-titulo.html
https://diario.example/espana/2026-11-15/un-titulo.html
https://folhinha.example/poder/2026/11/titulo.shtml https://folhinha.example/poder/2026/11/titulo.shtml?utm_source=x&origin=facebook https://m.folhinha.example/poder/2026/11/titulo.shtml
https://folhinha.example/poder/2026/10/titulo.shtml

# Italian
https://giornale.example/cronaca/26_novembre_14/titolo-1a2b3c.shtml https://giornale.example/cronaca/26_novembre_14/titolo-1a2b3c.shtml?refresh_ce https://giornale.example/cronaca/26_novembre_14/titolo-1a2b3c.shtml?stampa=1 https://giornale.example/cronaca/26_novembre_14/titolo-1a2b3c.shtml?cmpid=nl_rass
https://giornale.example/cronaca/26_novembre_14/titolo-1a2b3d.shtml

# British
https://broadcaster.example/news/uk-12345678 https://broadcaster.example/news/uk-12345678?at_bbc_team=editorial&at_link_id=9 https://broadcaster.example/news/uk-12345678?ns_mchannel=social&ns_campaign=x https://broadcaster.example/news/uk-12345678?ocid=socialflow_twitter https://broadcaster.example/news/uk-12345678?xtor=AL-72-%5Bpartner%5D https://broadcaster.example/news/uk-12345678.amp https://www.google.co.uk/amp/s/www.broadcaster.example/news/amp/uk-12345678 https://amp.broadcaster.example/news/uk-12345678?usqp=mq331AQ&amp_js_v=0.1 https://www-broadcaster-example.cdn.ampproject.org/v/s/www.broadcaster.example/news/uk-12345678/amp?amp_gsa=1
https://broadcaster.example/news/uk-12345679
https://broadcaster.example/sport/uk-12345678
https://tabloid.example/news/article-13000000/A-Headline.html https://tabloid.example/news/article-13000000/A-Headline.html?ito=native_share_article-masthead https://tabloid.example/news/article-13000000/A-Headline.html?ico=mol_desktop https://tabloid.example/news/article-13000000/A-Headline.html/amp
https://tabloid.example/news/article-13000001/A-Headline.html
https://guard.example/world/2026/nov/14/title https://guard.example/world/2026/nov/14/title?CMP=Share_iOSApp_Other https://guard.example/world/2026/nov/14/title?CMP=twt_b-gdnnews#Echobox=1731 https://amp.guard.example/world/2026/nov/14/title https://guard.example/world/2026/nov/14/title/print
https://guard.example/world/2026/nov/14/title-2
https://guard.example/world/live/2026/nov/14/title?page=with:block-6735
https://guard.example/world/live/2026/nov/14/title?page=with:block-6736

# American
https://times.example/2026/11/14/us/politics/vote.html https://times.example/2026/11/14/us/politics/vote.html?smid=nytcore-ios-share https://times.example/2026/11/14/us/politics/vote.html?partner=rss&emc=rss https://times.example/2026/11/14/us/politics/vote.html?unlocked_article_code=1.ab.cd https://times.example/2026/11/14/us/politics/vote.html?searchResultPosition=1 https://times.example/2026/11/14/us/politics/vote.html?pagewanted=all https://times.example/2026/11/14/us/politics/vote.html?pagewanted=print https://times.example/2026/11/14/us/politics/vote.html?campaign=email&mc_cid=1&mc_eid=2 https://times.example/2026/11/14/us/politics/vote.amp.html
https://times.example/2026/11/14/us/politics/vote.html?pagewanted=2
https://times.example/2026/11/14/us/vote.html
https://cable.example/2026/11/14/politics/title/index.html https://cable.example/2026/11/14/politics/title https://cable.example/2026/11/14/politics/title/index.html?hpt=hp_t1 https://cable.example/cable/2026/../../2026/11/14/politics/title/index.html https://amp.cable.example/2026/11/14/politics/title/index.html https://cable.example/2026/11/14/politics/title/index.html?iref=x
https://cable.example/cnn/2026/11/14/politics/title/index.html
https://market.example/articles/title-11700000001 https://market.example/amp/articles/title-11700000001 https://market.example/articles/title-11700000001?reflink=desktopwebshare_permalink https://market.example/articles/title-11700000001?cx_testId=3&cx_testVariant=cx_2
https://market.example/articles/title-11700000002
https://market.example/music/amp/vox
https://market.example/music/vox
https://portal.example/news/title-123000123.html https://portal.example/news/title-123000123.html?guccounter=1&guce_referrer=aHR0 https://portal.example/news/title-123000123.html?soc_src=x&soc_trk=tw https://portal.example/news/title-123000123.html?.tsrc=
https://portal.example/news/title-123000124.html

# ids in the query
https://asp.example/news/show.aspx?id=1 https://asp.example/news/show.aspx?id=1&utm_source=a https://asp.example/(S(lit3py55t21z5v55vlm25s55))/news/show.aspx?id=1 https://asp.example/%28S%28lit3py55t21z5v55vlm25s55%29%29/news/show.aspx?id=1 https://asp.example/(X(1)S(lit3py55t21z5v55vlm25s55))/news/show.aspx?id=1 https://asp.example/news/show.aspx?id=1&print=1 https://asp.example/news/show.aspx?id=1&amp;utm_source=a
https://asp.example/news/show.aspx?id=2
https://asp.example/news/show.aspx?ID=1
https://asp.example/news/show.aspx?id=1&page=2 https://asp.example/news/show.aspx?page=2&id=1
https://asp.example/news/show.aspx
https://asp.example/(S)/news/show.aspx?id=1
https://asp.example/(draft)/news/show.aspx?id=1
https://java.example/story.do?id=77 https://java.example/story.do;jsessionid=0A1B2C3D4E5F.node7?id=77 https://java.example/story.do;JSESSIONID=XYZ!-17!99?id=77 https://java.example/story.do?id=77&jsessionid=0A1B
https://java.example/story.do?id=78
https://java.example/story.do;version=2?id=77
https://php.example/a.php?sid=12345 https://php.example/a.php?sid=12345&PHPSESSID=8c9d3a
https://php.example/a.php?sid=12346
https://php.example/a.php https://php.example/a.php?sid=0123456789abcdef0123456789abcdef https://php.example/a.php?phpsessid=1&oscsid=2&zenid=3
https://php.example/a.php?12345
https://php.example/a.php?12346
https://php.example/a.php?from=berlin
https://php.example/a.php?from=paris
https://php.example/a.php?source=reuters
https://php.example/a.php?ref=2
https://php.example/a.php?y=2026
https://php.example/a.php?m=1&y=2026 https://php.example/a.php?y=2026&m=1
https://php.example/a.php?m=2&y=2026
https://php.example/a.php?x=1&x=2
https://php.example/a.php?x=2&x=1
https://php.example/a.php?at_id=5
https://php.example/a.php?q=a%26b
https://php.example/a.php?b&q=a
https://php.example/A.php
https://php.example/a.html
https://php.example/a
https://php.example/media
https://php.example/media/print https://php.example/media/print/
https://php.example/print
https://php.example/amp
https://php.example/ampere
https://php.example/mobile
https://php.example/app?type=print
https://php.example/app?type=digital

# Joomla, TYPO3, Blogger
https://joomla.example/index.php?option=com_content&view=article&id=5:title https://joomla.example/?id=5:title&option=com_content&view=article https://joomla.example/index.php?option=com_content&view=article&id=5%3Atitle&tmpl=component&print=1
https://joomla.example/index.php?option=com_content&view=article&id=6:title
https://joomla.example/index.php?option=com_content&view=category&id=5:title
https://typo.example/index.php?id=42&tx_ttnews%5Btt_news%5D=7 https://typo.example/?tx_ttnews[tt_news]=7&id=42
https://typo.example/index.php?id=42&tx_ttnews%5Btt_news%5D=8
https://someone.blogspot.example/2026/11/title.html https://someone.blogspot.example/2026/11/title.html?m=1 https://someone.blogspot.example/2026/11/title.html?m=0 http://someone.blogspot.example/2026/11/title.html?spref=&utm_x=1
https://other.blogspot.example/2026/11/title.html
https://someone.blogspot.example/2026/11/title_14.html

# hashbangs and fragments
https://bang.example/#!/news/1 http://www.bang.example/#!/news/1
https://bang.example/#!/news/2
https://bang.example/ https://bang.example/# https://bang.example/#top https://bang.example/#! https://bang.example/#!foo
https://bang.example/x#!/news/1

# Japan
https://shimbun.example/articles/ASTC1234TC1UTFK00M.html https://shimbun.example/articles/ASTC1234TC1UTFK00M.html?iref=comtop_7_01 https://shimbun.example/articles/amp/ASTC1234TC1UTFK00M.html/amp https://shimbun.example/articles/ASTC1234TC1UTFK00M.html?n_cid=DSREA001 https://shimbun.example/articles/ASTC1234TC1UTFK00M.html?ref=smartnews
https://shimbun.example/articles/ASTC1234TC1UTFK00N.html
https://shimbun.example/articles/ASTC1234TC1UTFK00M_2.html
https://shimbun.example/DA3S16000001.html
https://shimbun.example/DA3s16000001.html
https://www.xn--wgv71a119e.example/kiji/1 https://日本語.example/kiji/1 http://www.日本語.example:80/kiji/1
https://shimbun.example/%E6%94%BF%E6%B2%BB/1 https://shimbun.example/政治/1 https://shimbun.example/%e6%94%bf%e6%b2%bb/1
https://shimbun.example/%90%AD%8E%A1/1 https://shimbun.example/%90%ad%8E%a1/1
https://shimbun.example/%90%AD%8E%A2/1

# China, Korea
https://xinwen.example/c/2026-11-14/doc-inabcde1234567.shtml https://xinwen.example/c/2026-11-14/doc-inabcde1234567.shtml?from=wap https://xinwen.example/c/2026-11-14/doc-inabcde1234567.shtml?from=timeline&isappinstalled=0 https://3g.xinwen.example/c/2026-11-14/doc-inabcde1234567.shtml https://wap.xinwen.example/c/2026-11-14/doc-inabcde1234567.shtml?spm=C73544894212.P59511941341.0.0
https://xinwen.example/c/2026-11-14/doc-inabcde1234568.shtml
https://xinwen.example/n1/2026/1114/c1001-40000001.html
https://xinwen.example/n1/2026/1114/c1002-40000001.html
https://nyuseu.example/article/001/0015000001?sid=100
https://nyuseu.example/article/001/0015000001?sid=101
https://nyuseu.example/article/001/0015000001
https://nyuseu.example/main/read.nhn?oid=001&aid=0015000001 https://nyuseu.example/main/read.nhn?aid=0015000001&oid=001
https://nyuseu.example/main/read.nhn?oid=002&aid=0015000001

# Russia
https://gazeta.example/news/2026/11/14/123456.shtml https://gazeta.example/news/2026/11/14/123456.shtml?utm_source=yxnews&utm_medium=desktop https://pda.gazeta.example/news/2026/11/14/123456.shtml https://gazeta.example/news/2026/11/14/123456.shtml?yclid=1&ysclid=l2 https://m.gazeta.example/news/2026/11/14/123456.shtml?_openstat=x https://gazeta.example/amp/news/2026/11/14/123456.shtml
https://gazeta.example/news/2026/11/14/123457.shtml
https://gazeta.example/doc/123456
https://gazeta.example/doc/123456?query=%EF%F3%F2%E8%ED
https://gazeta.example/doc/123456?query=%EF%F3%F2%E8%EE
https://газета.example/новости/1 https://xn--80aahjj1e.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1
https://газета.example/новости/2

# Arabic, Hebrew, Persian, India
https://akhbar.example/news/2026/11/14/%D8%AE%D8%A8%D8%B1 https://akhbar.example/news/2026/11/14/خبر https://akhbar.example/news/2026/11/14/خبر?traffic_source=rss https://amp.akhbar.example/news/2026/11/14/خبر
https://akhbar.example/news/2026/11/14/خبر-2
https://eton.example/articles/0,7340,L-5000001,00.html https://eton.example/articles/0%2c7340%2cL-5000001%2c00.html
https://eton.example/articles/0,7340,L-5000002,00.html
https://hind.example/city/delhi/title/articleshow/123456789.cms https://hind.example/city/delhi/title/articleshow/123456789.cms?utm_source=x https://m.hind.example/city/delhi/title/articleshow/123456789.cms
https://hind.example/city/delhi/title/articleshow/123456780.cms
https://hind.example/city/delhi/title/photostory/123456789.cms

# Netherlands, Nordics, Poland, Turkey
https://krant.example/binnenland/titel~b1234567/ https://krant.example/binnenland/titel~b1234567 https://krant.example/binnenland/titel%7Eb1234567/ https://krant.example/binnenland/titel~b1234567/?utm_campaign=shared_earned&referrer=x https://krant.example/binnenland/titel~b1234567/afdrukken
https://krant.example/binnenland/titel~b1234568/
https://tidning.example/a/JbL0Pz/rubrik https://tidning.example/a/JbL0Pz/rubrik?utm_source=x
https://tidning.example/a/jbl0pz/rubrik
https://gazete.example/gundem/haber-12345678 https://gazete.example/gundem/haber-12345678?print=1 https://gazete.example/gundem/haber-12345678/amp
https://gazete.example/gundem/haber-12345679

# other ports, other hosts, other sites
https://example.test:8443/news/1 http://example.test:8443/news/1
https://example.test/news/1
https://sport.example.test/news/1
https://en.example.test/news/1
https://example.test/en/news/1
https://example.test/news%2F1
https://example.test/news/1;v=2
https://example.test/50%25 https://example.test/50%
https://example.test/a+b
https://example.test/a%20b https://example.test/a%20b/
https://example.test/a.b/../c https://example.test/c https://example.test//c/ https://example.test/./c https://EXAMPLE.test/c https://example.test./c
https://www.google.com/amp https://google.com/amp
https://google.evil.example/amp/s/example.test/c
https://x.cdn.ampproject.org/rtv/01/v0.js
`

// One page, one key, and never one key for two pages.
func TestFamilies(t *testing.T) {
	pages, addresses := map[Key]string{}, 0
	for line := range strings.Lines(families) {
		if strings.HasPrefix(line, "# ") || strings.TrimSpace(line) == "" {
			continue
		}
		var page Key
		for i, u := range strings.Fields(line) {
			addresses++
			key, err := Of(u)
			switch {
			case err != nil:
				t.Error(err)
			case i == 0:
				if page = key; pages[key] != "" {
					t.Errorf("two pages, one key %s:\n%s\n%s", key, pages[key], u)
				}
				pages[key] = u
			case key != page:
				t.Errorf("one page, two keys:\n%s\n%s of %s", page, key, u)
			}
		}
	}
	if len(pages) < 150 || addresses < 300 {
		t.Errorf("%d pages, %d addresses", len(pages), addresses)
	}
}

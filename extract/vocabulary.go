package extract

import (
	"strings"
)

// A mark is what an element's names (its class and id) or its tag say of it.
type mark uint32

const (
	bodyMark mark = 1 << iota // holds the article's text
	leadMark                  // holds the standfirst
	captionMark
	bylineMark
	relatedMark
	shareMark
	newsletterMark
	commentsMark
	authorMark
	advertMark
	navigationMark
	boilerplateMark
	hiddenMark
	titleMark
	factMark // a box of facts beside the text
	paywallMark
	sourceMark // where the article has it from
	noteMark   // what the paper says of its own text: corrections, clarifications

	furniture = captionMark | bylineMark | relatedMark | shareMark | newsletterMark | commentsMark | authorMark |
		advertMark | navigationMark | boilerplateMark | hiddenMark | factMark | paywallMark
)

// kind names the mark in a Removal.
func (m mark) kind() string {
	switch {
	case m&commentsMark != 0:
		return "comments"
	case m&captionMark != 0:
		return "caption"
	case m&(newsletterMark|paywallMark) != 0:
		return "newsletter"
	case m&relatedMark != 0:
		return "related"
	case m&shareMark != 0:
		return "share"
	case m&advertMark != 0:
		return "advert"
	case m&authorMark != 0:
		return "author"
	case m&bylineMark != 0:
		return "byline"
	case m&navigationMark != 0:
		return "navigation"
	case m&titleMark != 0:
		return "title"
	}
	return "boilerplate"
}

// vocabulary says what words in class and id names mean. A name is cut at
// hyphens, underscores and capitals; two and three words in a row are looked up joined.
var vocabulary = words(map[mark]string{
	bodyMark: `articlebody articlecontent articletext articlemain storybody storycontent storytext postbody postcontent posttext
		entrycontent entrybody entrytext contentbody bodycontent bodytext bodycopy newsbody newscontent newstext mainarticle
		articlepage pagecontent blogcontent blogbody blogpost postentry singlecontent singlepost textcontent richtext artikelinhalt
		artikeltext articulo cuerponoticia notacuerpo contenidonoticia corpoarticolo testoarticolo textearticle contenuarticle
		textoarticulo paragraphs articledetail detailcontent fulltext storydetail articlecopy tdpostcontent jegpostcontent
		newsdetail cuerpo wysiwyg bodyarticle contentarticle posttextcontent articlebodycontent`,
	leadMark: `standfirst dek deck subtitle subheadline subhead subheading lead lede leadtext intro introtext introduction chapo chapeau
		vorspann teasertext sottotitolo sommario ingress summary abstract description excerpt kicker underrubrik manchet strap strapline
		subtitulo bajada copete entradilla lidt lid perex leadin articlelead articledek articlesummary headnote tagline synopsis entradillas
		linhafina subtitle2 sousTitre catchline anriss einleitung`,
	captionMark: `caption captions figcaption imagecaption wpcaption credit credits photocredit imagecredit photographer legend legende
		bildunterschrift bildtext bildnachweis copyright didascalia piefoto bildquelle imagesource imginfo phototext captiontext
		mediacaption slideshow gallery carousel galleria bildergalerie lightbox slider swiper thumbnail thumbcaption videoplayer player
		imagedescription podpis bildetekst bijschrift`,
	bylineMark: `byline bylines dateline timestamp pubdate publishdate publisheddate publicationdate datepublished postmeta entrymeta
		articlemeta metainfo postinfo articleinfo entryinfo postdate entrydate articledate postedon postedby writtenby authorname
		authorline dateauthor authordate readtime readingtime lastupdated lastmodified updated autorzeile metadata postdetails
		articleheader entryheader postheader storymeta newsmeta infobar timestamps articleby authors datetime wordcount viewcount
		meta infoline modified fecha firma autore auteur datum editor published pubtime articlebyline storybyline`,
	relatedMark: `related relateds relatedposts relatedarticles relatednews relatedlinks relatedstories relatedcontent recommended recommendations
		recommendation recommend readmore readalso alsoread seealso morefrom morenews morestories moreon mostread mostpopular mostviewed
		trending latest latestnews topstories upnext nextpost prevpost nextarticle prevnext postnav postnavigation teaser teasers
		teaserlist outbrain taboola zergnet plista ligatus jprelatedposts yarpp crp crosslinks similar youmaylike mightlike suggested
		suggestions suggestion otherarticles otherposts otherstories othernews moreinformation moreinfo readnext keepreading lirepas
		aussi lireaussi alireaussi mehrzumthema leggianche articulosrelacionados relacionadas relacionados noticiasrelacionadas
		verwandt weiterlesen inlinerelated promo promobox bestof editorspicks editorpicks morelinks linklist linkbox
		relatedpost contextual widgetrelated playlist recirc recirculation storypackage seriesnav serie linkedarticle linkcard
		externallinks furtherreading wirelist explore leesook powiazane zobacztakze polecane czytajtakze`,
	shareMark: `share sharing sharebar sharetools sharethis sharebuttons sharelinks socialshare socials socialmedia socialbar sociallinks
		socialicons addtoany addthis sharedaddy jetpacklikes heateor shariff ssba followus follow teilen partager compartir condividi whatsapp
		facebooklike tweetthis clicktotweet pinit printbutton printfriendly emailthis toolbar toolbox articletools actionbar
		reactions reaction likes rating ratings votes feedback audioplayer texttospeech listenarticle listen speech readaloud fontsize
		googlenews bookmarks bookmark savearticle copylink googlepreferred`,
	newsletterMark: `newsletter newsletters newslettersignup subscribe subscription subscriptions subscriber signup signupform mailchimp mcembed optin emailsignup
		emailform donate donation donations membership calltoaction registration register login signin abo
		abonnement abonnieren abonnez suscripcion suscribete abonnes mailinglist pushnotification leadmagnet promotion appdownload
		supportus boletin inscription`,
	paywallMark: `paywall regwall piano premiumwall meteredwall paywallbox paywallcontent paidcontent subscriberonly reserved`,
	commentsMark: `comments comment commentlist commentarea commentsarea commentsection commentthread commentform respond disqus disqusthread
		livefyre kommentare kommentar commentaires commentaire comentarios comentario commenti fbcomments discussion replies
		commentwrapper opencomments postcomments usercomments coral viafoura spotim leserkommentare reacties komentarze kommentarer forumlist
		talkback`,
	authorMark: `authorbox authorbio authorinfo aboutauthor abouttheauthor authordescription authorprofile authordetails authorcard author bio
		biography postauthor articleauthor authorbios contributor contributors autor autorbox autoreninfo autorenbox vcard authorblock authorarea
		authorsection authormodule saboxplus sabox abouttheauthors writer writerbio profile authorcontainer profilebox boxauthor authorwrap`,
	advertMark: `ad ads advert adverts advertisement advertisements advertising adbox adslot adunit adcontainer adwrapper adlabel adsense
		adsbygoogle adplaceholder adblock dfp gpt gptad sponsor sponsored sponsors sponsoredcontent sponsoredlinks anzeige anzeigen werbung publicidad
		publicite pubblicita reklama reklame reklam annonse annons affiliate affiliates affiliatedisclosure disclosure partnerbox
		leaderboard mpu skyscraper bannerad teads nativead googlead productbox shopping buybutton deal deals commercial promoted adzone adhesion`,
	navigationMark: `nav navigation navbar navs navmenu menu menus submenu megamenu topmenu mainmenu breadcrumb breadcrumbs crumbs pagination pager pagenav
		pagelinks paging sidebar sidebars sidecolumn siderail rightrail leftrail rail rightcol rightcolumn leftcol footer pagefooter
		sitefooter globalfooter bottombar header siteheader pageheader masthead topbar skip skiplink skiplinks skipnav search
		searchform searchbox toc tableofcontents tag tags taglist tagcloud posttags entrytags articletags tagslist topics topiclist keywords
		categories category postcategory catlinks articlefooter entryfooter postfooter storyfooter jumplinks ticker newsticker breakingnews
		widget widgets widgetarea fil ariane filariane tagged themen schlagworte schlagwort etiquetas temas motscles rubric hashtags backtotop
		langswitch languageselector subnav sitemap offcanvas drawer hamburger edittools editsection mwjumplink
		navbox`,
	boilerplateMark: `disclaimer legal terms termsofuse colophon imprint impressum modal popup popover overlay lightboxmodal tooltip notification
		alert alertbar errormessage loading loader spinner placeholder printonly noprint noscript dontprint correctionform
		rightslink reprints licence license sourceinfo aboutus aboutcompany boilerplate syndication sponsorinfo
		kontakt contact contactform quiz poll survey umfrage calculator subscribers trustproject accessibility instapaper instapaperignore`,
	hiddenMark: `hidden hide visuallyhidden sronly screenreader screenreadertext screenreaderonly assistivetext offscreen visuallyhide isinvisible invisible
		mobileonly displaynone dnone`,
	titleMark: `headline entrytitle posttitle articletitle storytitle newstitle pagetitle articleheadline headlinetitle`,
	noteMark: `correction corrections corrected corrigendum erratum errata editorsnote editornote editorialnote clarification clarifications amendment amendments
		retraction articlecorrection articleupdate berichtigung korrektur korrekturhinweis richtigstellung redaktionshinweis rectificatif rectification
		correccion correcciones aclaracion rectificacion fedeerratas fedeerrores rettifica erratacorrige correzione precisazione correcao
		retificacao erramos correctie rectificatie sprostowanie korekta rattelse rettelse oikaisu korjaus oprava helyreigazitas duzeltme`,
	factMark: `factbox factboxes keypoints keyfacts keytakeaways keytakeaway highlights storyhighlights summarybox faktenbox faktabox faktaruta infokasten
		infografik atglance tldr inbrief inshort inkuerze glance fakta bulletpoints`,
})

func words(lists map[mark]string) map[string]mark {
	m := map[string]mark{}
	for k, list := range lists {
		for _, w := range strings.Fields(strings.ToLower(list)) {
			m[w] |= k
		}
	}
	return m
}

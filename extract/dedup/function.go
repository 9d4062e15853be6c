package dedup

import "strings"

// function holds function words of four letters and more (shorter ones go by their length), and the words by which news
// introduces what somebody said: they are in every article and a paraphraser changes them first.
var function = set(`
about above after again against also although always among amid another anyone around away because become been before being
below between both cannot come could does doing done down during each either else even ever every everyone from further gave
getting give given goes going gone have having here hers herself himself however into itself just like made make makes many might
more most much must myself need neither never next none nothing often once only onto other others ours over perhaps quite rather
really same shall should since some someone something still such take taken than that their theirs them themselves then there
therefore these they this those though through thus till together toward towards under unless until upon used using very want
well were what whatever when whenever where whether which while whom whose will with within without would your yours yourself
said says saying told tells tell added according asked noted stated reported

aber alle allem allen aller alles also andere anderen auch aufgrund ausserdem außer außerdem bereits beim bevor damit dann daran darauf
dass dazu dein deine denen denn derer deren deshalb dessen diese diesem diesen dieser dieses doch dort durch eben ebenfalls eine
einem einen einer eines einige einigen etwa etwas euch gegen habe haben hatte hatten hier hinter ihnen ihre ihrem ihren ihrer immer
indem infolge jede jedem jeden jeder jedes jedoch jetzt kann kein keine keinen konnte können könnte machen mehr mehrere mein meine mich
muss musste müssen nach nachdem nicht nichts noch nunmehr oder ohne schon sehr sein seine seinem seinen seiner seit selbst sich sind
sogar solche soll sollen sollte sondern sonst sowie über unter viel viele vielen wann waren warum wegen weil weiter welche wenn
werde werden wieder will wird wurde wurden während zudem zwar zwischen sagte sagt teilte erklärte laut

ainsi alors après aucun aussi autre autres avaient avait avant avec avoir avons beaucoup bien celle celles celui cependant cette
chaque chez comme comment contre dans depuis deux dont donc elle elles encore entre étaient était être eux fait faire faut
furent hors jusqu leur leurs lors lorsque mais même mêmes moins notre nous parce parmi pendant peut peuvent plus plusieurs pour
pourquoi puis quand quel quelle quelques quoi sans selon sera seront sont sous sauf soit suis tous tout toute toutes très trop
vers voici vous votre déclaré indiqué affirmé

ante aquel aquella aunque cada como contra cual cuando desde donde durante ella ellas ellos entonces entre eran esas ese eso esos
esta estaba estado están estar estas este esto estos fueron hace hacia hasta mientras misma mismo mucho muchos menos otra
otras otro otros para pero poco porque puede pueden quien quienes según será sido siempre sino sobre solo también tanto
tiene tienen todo todos todas tras unas unos dijo aseguró afirmó

alla alle anche ancora aveva avevano come contro così cui dalla dalle dallo degli dei della delle dello dentro dopo dove durante
ella erano essere fino fino hanno invece loro mentre molto nella nelle nello ogni ossia però perché poiché più prima proprio
quale quali quando quanto quello quella quelli quelle questa queste questi questo senza sono stata stati stato sulla sulle tutti
tutto tutte tra verso detto dichiarato

ainda além aquele aquela apenas assim através cada como contra depois dela dele deles desde dessa desse desta deste enquanto entre
então essa esse esta este estão está eram foram isso isto mais mesmo muito muitos nessa nesse nesta neste onde outra outro outros
outras para pela pelas pelo pelos pode podem porque quando quem qual quais seja sem sendo será seus suas sobre também tanto
tinha todos toda todo disse afirmou

altijd andere bij daar daarom deze door echter een eens eerder gaan geen haar hebben heeft hier hoe hun kunnen maar meer
mensen moet moeten naar niet niets nog omdat onder onze over reeds sinds tegen terwijl toch toen tijdens tussen uit van veel
voor waar waren wanneer werd werden weer welke werd wordt worden zal zich zijn zonder zouden zegt zei

будет были было быть даже если есть ещё еще зато здесь ибо из-за или именно иначе итак который которая которого которой котором
которую которые которых между меня могут может можно надо него нее неё ней нельзя несколько нет никто ними ничего однако около
она они опять особенно перед поэтому после потом потому почти при раз разве себе себя сегодня сейчас сказал сказала сообщил
сообщила заявил заявила словам собой также такой такая такие тем теперь того тоже только том тот тут уже хотя чего чем через
что чтобы чтоб эта эти этим этих это этого этой этом этот

`)

// shortFunction holds those of less than four letters that stand at the start of a sentence or, with a capital, in a headline.
var shortFunction = set(`
the an and but for nor yet of in on at to by is it its he she him his her we our us you all any are was has had not who how why
as if or so no up out off did can may be do my me one two now new too via per
der die das und ein im am zu zum zur er es wir ihr sie ist den dem des von vom bei mit aus auf für wie was wer wo da so um ob ab als
le la les un une du de et en il elle on au aux ce ces sa ses son ou où par sur ne pas qui que si
el los las al se con por su sus del una lo ya no más
gli di da è un uno tra fra per che chi non
os as do dos das em na nas nos um uma ao aos pelo se
het een van op te dat is en er aan uit
не на по из за от до он она они но это как что кто где для при без под над так же вы мы их его её ее
`)

// germanWord holds words that only German texts are full of.
var germanWord = set("der die das und den dem des ein eine einen einer ist nicht mit sich auch auf für von im am zu wird dass")

// determiner holds what stands before a German noun and hardly ever before a name.
var determiner = set(`der die das den dem des ein eine einen einem einer eines kein keine keinen keiner im am zum zur vom beim ins ans
diese diesem diesen dieser dieses jede jeder jedes seine seinen seiner seinem ihre ihren ihrer ihrem mehr viele alle mehrere neue neuen
neuer ersten letzten`)

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

# Trichdan en français. Les identifiants et les variables sont les mêmes dans toutes les langues (tests/test_texts.py).

## La langue elle-même et ses dates

language-name = Français
language-also = French, tiếng Pháp, французский
date-pattern = d MMMM y
date-pattern-first = d MMMM

## Premier contact

start =
    Bonjour ! Posez-moi une question, et je répondrai par des citations mot pour mot d’articles de presse, chacune avec sa source. Je n’invente pas un seul mot.

    Vous pouvez écrire en vietnamien (avec ou sans accents), en anglais ou en russe.
collection =
    { $articles ->
        [one] J’ai { $articles } article.
       *[other] J’ai { $articles } articles.
    }
collection-dated =
    { $articles ->
        [one] J’ai { $articles } article, daté du { $first }.
       *[other] J’ai { $articles } articles, datés du { $first } au { $last }.
    }
collection-one-date =
    { $articles ->
        [one] J’ai { $articles } article, daté du { $date }.
       *[other] J’ai { $articles } articles, tous du { $date }.
    }
collection-some-dated =
    J’ai { $articles } articles ; { $dated ->
        [one] { $dated } est daté : { $dates }.
       *[other] { $dated } sont datés : { $dates }.
    }
dates = du { $first } au { $last }
start-example = Essayez celle-ci :
example-question = Quelle a été la valeur des échanges entre le Vietnam et la Russie sur les 11 premiers mois de 2024 ?
help =
    Envoyez-moi une question, et je chercherai la réponse dans les articles. Chaque réponse est une citation, copiée mot pour mot, avec la phrase qui compte en gras et sa source en dessous.

    • Une question qui nomme des personnes, des lieux ou des dates marche le mieux.
    • Le vietnamien, avec ou sans accents, l’anglais et le russe conviennent tous.
    • Vous pouvez poursuivre par une question courte comme « Et en 2021 ? » ; /new commence un nouveau sujet.
    • Quand les articles ne contiennent pas de réponse, je le dis.
    • Dans un groupe, écrivez /ask et votre question, ou répondez à l’un de mes messages. /ask en réponse à quelqu’un répond à sa question.
    • Dans toute autre discussion, tapez mon nom et votre question, puis choisissez un extrait à publier.
    • /language choisit la langue dans laquelle j’écris, /about dit ce que sont les articles, /forgetme supprime ce que je garde sur vous.
ask-usage = Mettez votre question après la commande, par exemple : /ask { $example }

## À la place d’une réponse

refused = Les articles de cette collection ne répondent pas à cette question. Essayez de la formuler autrement, ou nommez la personne, le lieu ou la date.
nearest-heading = Les passages les plus proches. Ils ne répondent pas à la question :
blank = Il n’y a pas encore de question ici. Que voulez-vous savoir ?
too-long =
    { $limit ->
        [one] Cette question est trop longue pour moi. Limitez-la, s’il vous plaît, à { $limit } caractère.
       *[other] Cette question est trop longue pour moi. Limitez-la, s’il vous plaît, à { $limit } caractères.
    }
greeting = Bonjour ! Que voulez-vous savoir ? Je citerai ce que disent les articles.
thanks = Avec plaisir ! Si vous avez une autre question, posez-la.
goodbye = Au revoir ! Revenez dès que vous avez une question.
unclear = Je n’ai pas compris la question. Écrivez-la, s’il vous plaît, en une phrase entière.
unsupported = Je ne sais lire que du texte. Envoyez la question sous forme de texte, s’il vous plaît.
failed = Quelque chose s’est mal passé de mon côté. Réessayez dans une minute, s’il vous plaît.

## Citations

date-unknown = date inconnue
paragraph = paragraphe { $number }
page = page { $number }
also-in =
    { $count ->
        [one] aussi dans { $count } autre article
       *[other] aussi dans { $count } autres articles
    }
opening = « { $words } »…
opening-whole = « { $words } »
untitled = Article sans titre
confidence-low = Je ne suis pas certain que cela réponde à votre question :
uncalibrated = Avec ce modèle, je juge mal si les articles répondent à une question : prenez « répondu » et « sans réponse » comme des indications.

## L’index

not-ready = Je ne suis pas encore prêt : mes articles restent à lire. Revenez un peu plus tard, s’il vous plaît.
not-ready-admin = Il n’y a pas encore d’index. Envoyez /reindex pour lire les articles.
admin-only = Seul un administrateur de ce bot peut faire cela.
reindex-started = Je lis les articles. Pendant ce temps, je continue à répondre.
reindex-reading = Lecture des articles : { $done }
reindex-progress =
    { $stage ->
        [reading] Lecture des articles
        [embedding] Traitement des passages
        [sentences] Traitement de leurs phrases
       *[writing] Écriture de l’index
    } : { $done } sur { $total }
reindex-left = { $minutes ->
    [one] Encore une minute environ.
   *[other] Encore { $minutes } minutes environ.
}
reindex-report =
    La collection est à jour : { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }, { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }.
    Ajoutés { $added }, modifiés { $changed }, retirés { $removed }, inchangés { $unchanged }.
reindex-report-failed =
    { $count ->
        [one] { $count } fichier n’a pas pu être lu :
       *[other] { $count } fichiers n’ont pas pu être lus :
    }
reindex-report-more = …et { $count } de plus
loss = Cette mise à jour retirerait { $count } articles sur { $of } de la collection :
loss-more = …et { $count } de plus
loss-unnamed = Ne font plus partie des sources : { $sources }
loss-question = Rien n’a encore été modifié. Faut-il les retirer ?
loss-notice = Une mise à jour de la collection a été retenue.
loss-notice-mend = Rien n’a été modifié. Si c’est voulu, relancez-la avec --yes, ou envoyez /reindex et confirmez. Sinon, vérifiez les sources, s’il vous plaît.
loss-kept = Rien n’a été modifié : la collection reste telle quelle.
button-loss-yes = Oui, les retirer
button-loss-no = Non, tout garder
reindex-running = Les articles sont déjà en cours de lecture. J’ai bientôt fini.
reindex-stopped = Je redémarre : la lecture a été interrompue et la collection précédente reste en service. Renvoyez /reindex plus tard, s’il vous plaît.
reindex-failed = La collection n’a pas pu être mise à jour, et la précédente reste en service. Raison : { $reason }

## Boutons

button-nearest = Montrer les passages les plus proches
button-expired = La collection a changé depuis. Posez la question à nouveau, s’il vous plaît.
no-more = C’est tout ce que j’ai trouvé.

## Descriptions dans le menu de Telegram

command-start = Ce que fait ce bot
command-help = Comment poser une question
command-ask = Poser une question (pratique dans les groupes)
command-reindex = Relire les articles (administrateurs)

## La console

console-welcome = Posez une question sur les articles. :help donne les commandes, :quit quitte.
console-prompt = Question
console-help =
    :more       d’autres extraits, ou les passages les plus proches quand rien ne répondait
    :context N  l’extrait N avec les paragraphes qui l’entourent
    :help       cette liste
    :quit       quitter
    Tout le reste est une question.
console-nearest = :more montre les passages les plus proches, qui ne répondent pas à la question.
console-unknown = Il n’y a pas de commande { $command }. :help donne les commandes.
console-no-excerpt = Il n’y a pas d’extrait { $number }. Donnez le numéro d’un extrait affiché plus haut.
console-ask-first = Posez d’abord une question.

## La réponse dans une discussion et ses boutons

searched = Recherché : « { $question } »
about-text-heading = Ce que les articles disent de ce texte :
about-text-refused = Les articles de cette collection ne disent rien de ce texte.
nearest-topics = Les articles les plus proches parlent de :
hint-figures =
    { $undated ->
        [0] Ces sources ont des dates différentes : les chiffres ont pu changer. La plus récente est le n° { $number } : { $date }.
       *[other] Ces sources ont des dates différentes : les chiffres ont pu changer. Parmi celles qui sont datées, la plus récente est le n° { $number } : { $date }.
    }
hint-old =
    { $sources ->
        [one] Cela date du { $date }. Les choses ont pu changer depuis.
       *[other] La plus récente date du { $date }. Les choses ont pu changer depuis.
    }
button-before = ◀ paragraphe précédent
button-after = paragraphe suivant ▶
button-back = ‹ Retour
button-more = Plus ›
button-newest = Plus récents d’abord
button-relevant = Plus pertinents
button-only-this = Cette question seule
button-stale = Je n’ai plus cette réponse. Renvoyez la question, s’il vous plaît.
vote-thanks = Merci !
vote-thanks-down = Merci. Cela aide à trouver ce qui manque.
context-start = L’article commence ici.
context-end = L’article finit ici.
context-full = Le message est plein. Le titre ouvre l’article entier là où il y a un lien.
queue-notice = Je réponds à d’autres questions en ce moment. La vôtre est dans la file, un instant, s’il vous plaît.
rate-limited =
    { $seconds ->
        [one] Trop de questions à la fois pour moi. Je reprends dans { $seconds } seconde.
       *[other] Trop de questions à la fois pour moi. Je reprends dans { $seconds } secondes.
    }
new-done = C’est fait : la prochaine question sera indépendante.

## Usages : menu, descriptions, ce qui est gardé, langues, /about

command-new = Commencer un nouveau sujet
command-language = Choisir ma langue
command-about = Ce que sont les articles
command-forgetme = Supprimer ce que je garde sur vous
description =
    Interrogez les articles de cette collection et recevez des citations mot pour mot, chacune avec son titre, sa source, sa date, et un lien s’il y en a un. Rien n’est inventé : quand les articles ne répondent pas, on vous le dit.

    Écrivez en vietnamien (avec ou sans accents), en anglais ou en russe.
description-short = Répond par des citations mot pour mot d’une collection d’articles, chacune avec sa source.
examples-heading =
    { $count ->
        [one] Essayez celle-ci :
       *[other] Essayez l’une de celles-ci :
    }
example-about = Que disent les articles de « { $title } » ?
privacy =
    { $days ->
        [0] Je garde vos questions un jour au plus, pour que les boutons et les questions de suite marchent ; /forgetme les supprime aussitôt.
        [one] Je garde vos questions { $days } jour pour améliorer la collection ; /forgetme les supprime.
       *[other] Je garde vos questions { $days } jours pour améliorer la collection ; /forgetme les supprime.
    }
language-choose = Dans quelle langue dois-je vous écrire ? Vous pouvez poser vos questions dans n’importe laquelle.
language-set = Désormais, je vous écrirai en français.
language-automatic = J’écrirai dans la langue de votre Telegram, ou sinon dans celle de votre question.
button-automatic = Automatique
forgotten =
    { $count ->
        [0] Je ne garde rien sur vous : il n’y a rien à supprimer. Posez-moi vos questions quand vous voulez.
       *[other] C’est fait. J’ai supprimé tout ce que je gardais sur vous, vos questions et vos réglages, et il n’en reste rien. Vous êtes toujours le bienvenu.
    }
about-heading = À propos de cette collection
about-size =
    { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }, { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }
about-dates = Dates : du { $first } au { $last }
about-date = Date : { $date }
about-some-dated =
    { $dated ->
        [one] { $dated } article est daté : { $dates }
       *[other] { $dated } articles sont datés : { $dates }
    }
about-undated = Aucune date n’est connue
about-newest = Le plus récent :
about-age = Mise à jour { $age }
about-model = Modèle : { $model }
about-verbatim = Chaque extrait est littéral : mot pour mot tel qu’il figure dans son article, et vérifié à nouveau au moment où je l’envoie.

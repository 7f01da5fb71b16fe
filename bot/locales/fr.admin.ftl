# Trichdan for those who run it; see fr.ftl.

## Access

access-denied = Ce bot est réservé aux personnes invitées. Si vous savez qui le gère, demandez-lui un lien d’invitation.
admin-private = Envoyez-moi cela dans notre discussion privée : la réponse n’est pas pour tout le monde ici.
invite = Cette invitation pour { $label } sert une fois, dans les { $days } jours. Transmettez l’un de ses deux liens.
invite-nobody = (sans nom)
invite-person = Pour une personne :
invite-group = Pour un groupe (qui l’ouvre choisit le groupe) :
invite-open = Personne n’a besoin d’invitation : ce bot répond à tout le monde. Réglez TRICHDAN_ACCESS=invited pour changer cela.
invite-withdrawn = Retirée : les liens de cette invitation n’ouvrent plus rien.
invite-used = Cette invitation a été utilisée ou a expiré. /guests donne la liste de ceux qui ont accès.
invite-invalid = Ce lien d’invitation a déjà servi, a été retiré ou est trop ancien. Demandez-en un nouveau, s’il vous plaît.
guests-heading =
    { $count ->
        [one] { $count } invité a accès grâce à une invitation :
       *[other] { $count } invités ont accès grâce à une invitation :
    }
guests-none = Personne n’a encore accès par une invitation. /invite NOM en crée une.
button-withdraw = Retirer l’invitation
button-revoke = Mettre fin à l’accès du n° { $number }

## Documents

document-articles = { $count } articles, par exemple :
document-more =
    { $count ->
        [one] …et { $count } article de plus
       *[other] …et { $count } articles de plus
    }
document-passages =
    { $count ->
        [one] { $count } passage
       *[other] { $count } passages
    }
document-failed =
    { $count ->
        [one] { $count } partie n’a pas pu être lue :
       *[other] { $count } parties n’ont pas pu être lues :
    }
document-replaces = Un document de ce nom a déjà été ajouté ; celui-ci prend sa place.
document-large = { $name } dépasse { $limit } Mo, le maximum que Telegram transmet à un bot. Envoyez-le en parties, ou mettez-le dans un dossier de TRICHDAN_SOURCES.
document-unavailable = Telegram n’a pas transmis { $name }. Envoyez-le à nouveau, s’il vous plaît.
document-refused = { $name } ne peut pas être ajouté : { $reason }.
document-discarded = Non ajouté.
document-gone = Ce document n’attend plus : il a été ajouté, écarté, ou un jour a passé. Envoyez-le à nouveau, s’il vous plaît.
button-add = Ajouter
button-discard = Annuler
sources-heading =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles, le plus récent d’abord
    }
sources-none = Il n’y a pas encore d’articles. Envoyez-moi un fichier ou un lien, ou /reindex pour lire les sources configurées.
sources-unknown = source inconnue
sources-more =
    { $count ->
        [one] et { $count } autre source
       *[other] et { $count } autres sources
    }
sources-hint = Touchez un identifiant pour le copier : /show ID montre l’article, /remove ID le retire.
article-usage = Mettez l’identifiant de l’article après la commande. /sources donne les identifiants.
article-unknown = Il n’y a pas d’article avec l’identifiant { $id }. /sources donne les identifiants.
remove-question = Retirer cet article ? Les questions ne le trouveront plus.
remove-kept = Rien n’a été retiré.
remove-gone = Cet article n’est plus dans la collection.
remove-failed = Il n’a pas pu être retiré : { $reason }
button-remove = Retirer
button-keep = Garder

## Reindexing

button-cancel = Annuler
button-full = Relire tous les articles
reindex-cancelled = Annulé. La collection précédente reste en service.
reindex-next = C’est noté. Les articles sont en cours de lecture ; ceci sera pris en compte juste après.
reindex-elsewhere = Un autre processus lit les articles en ce moment. Renvoyez /reindex quand il aura fini, s’il vous plaît.
reindex-nothing = Aucune lecture d’articles n’est en cours.
reindex-later = Je redémarre. Je reprendrai ceci juste après.
reindex-cut-off = La lecture a été coupée parce que je me suis arrêté brutalement. La collection précédente reste en service. Renvoyez /reindex, s’il vous plaît.
change-given-up = Je me suis arrêté brutalement { $count } fois en prenant en compte ce changement, je n’essaie donc plus de moi-même. La collection précédente reste en service ; /reindex essaie encore une fois.

## Sharing

button-share = ↗ Partager
button-open = Ouvrir dans le bot
shared-gone = L’article auquel mène ce lien n’est plus dans la collection.
shared-changed = L’article auquel mène ce lien a changé, et le passage ne s’y trouve plus. Posez-moi plutôt la question.
inline-none = Rien trouvé – posez-moi la question directement

## Menu

command-sources = Lister les articles (administrateurs)
command-show = Montrer un article par son identifiant (administrateurs)
command-remove = Retirer un article par son identifiant (administrateurs)
command-gaps = Ce qui a été demandé en vain (administrateurs)
command-feedback = Réponses mal notées (administrateurs)
command-stats = Chiffres et graphique (administrateurs)
command-digest = Un résumé chaque jour (administrateurs)
command-invite = Créer un lien d’invitation (administrateurs)
command-guests = Qui a accès par une invitation (administrateurs)

## Digest and notices

digest-on = Vous recevrez un résumé chaque jour à cette heure, à partir de demain.
digest-off = Vous ne recevrez plus de résumé.
digest-is-on = Vous recevez un résumé chaque jour.
button-digest-on = M’en envoyer un chaque jour
button-digest-off = Arrêter le résumé quotidien
digest-heading = Les dernières 24 heures
digest-questions =
    { $count ->
        [0] Aucune question.
        [one] { $count } question, { $answered } avec réponse.
       *[other] { $count } questions, { $answered } avec réponse.
    }
digest-gaps =
    { $count ->
        [one] { $count } question différente a été posée en vain : /gaps
       *[other] { $count } questions différentes ont été posées en vain : /gaps
    }
digest-votes = Votes : 👍 { $up }, 👎 { $down }
digest-collection = Collection : { $articles } articles, indexés le { $date }.
digest-no-index = Il n’y a pas d’index : envoyez /reindex.
notice-heading =
    { $count ->
        [one] Quelque chose s’est mal passé. Le journal en dit plus :
       *[other] { $count } choses se sont mal passées. Le journal en dit plus :
    }
notice-more = …et { $count } d’autres sortes

## /help for admins

help-admin =
    Vous êtes administrateur. Dans notre discussion privée :
    • Envoyez un fichier ou un lien pour ajouter un article. /sources les liste, /show ID en montre un, /remove ID en retire un.
    • /reindex relit les sources et met la collection à jour (dans les groupes aussi).
    • /gaps : ce qui a été demandé en vain. /feedback : les réponses mal notées. /stats : des chiffres et un graphique. /digest : un résumé chaque jour.
    • /invite NOM crée un lien qui laisse entrer une personne ou un groupe, /guests les liste.

## /stats

stats-off = Les questions ne sont pas gardées (TRICHDAN_KEEP_QUESTIONS_DAYS vaut 0) : il n’y a pas de chiffres.
stats-none =
    { $days ->
        [1] Rien n’a été demandé ces dernières 24 heures.
       *[other] Rien n’a été demandé ces { $days } derniers jours.
    }
stats-heading =
    { $days ->
        [1] Les dernières 24 heures
       *[other] Les { $days } derniers jours
    }
stats-questions = Questions : { $count }, avec réponse : { $answered } ({ $share })
stats-people =
    { $count ->
        [one] Posées par { $count } personne
       *[other] Posées par { $count } personnes
    }
stats-times = Temps de réponse : médiane { $half }, { $share } en moins de { $most }
stats-ms = { $value } ms
stats-seconds = { $value } s
stats-languages = Langues
stats-vi = Vietnamien
stats-vi-bare = Vietnamien sans accents
stats-en = Anglais
stats-ru = Russe
stats-other = Autres langues
stats-part = { $count } ({ $share })
stats-cited = Articles les plus cités
stats-cited-times = { $count }×
stats-days = Questions par jour
date-pattern-chart = d MMM
stats-with-answer = avec réponse
stats-in-vain = sans réponse
stats-shares = Part avec réponse
stats-mean-ms = Temps de réponse moyen, ms
stats-mean-seconds = Temps de réponse moyen, s
stats-no-data = pas de données

## /gaps and /feedback

gaps-heading =
    Demandé en vain { $days ->
        [one] ce dernier jour
       *[other] ces { $days } derniers jours
    } : { $count ->
        [one] { $count } chose
       *[other] { $count } choses
    }
gaps-none =
    Rien n’a été demandé en vain { $days ->
        [one] ce dernier jour
       *[other] ces { $days } derniers jours
    }.
gaps-not-kept = Les questions ne sont pas gardées (TRICHDAN_KEEP_QUESTIONS_DAYS=0) : il n’y a rien à montrer.
gaps-times =
    { $count ->
        [1] une fois
       *[other] { $count } fois
    }
gaps-people =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
gaps-variants =
    { $count ->
        [one] ≈ et { $count } autre formulation
       *[other] ≈ et { $count } autres formulations
    }
gaps-answered-hint = ✓ La collection y répond désormais.
gaps-exported = Questions posées en vain. Complétez article_ids et answers, mettez answerable à true, et lancez : trichdan eval FILE
button-export = Exporter en fichier
feedback-none = Aucune réponse n’a été mal notée.
feedback-question-hidden = (les questions ne sont pas gardées)
feedback-asked-by = posée par { $person }
feedback-gone =
    { $count ->
        [one] { $count } extrait montré ne figure plus dans la collection.
       *[other] { $count } extraits montrés ne figurent plus dans la collection.
    }
feedback-more =
    { $count ->
        [one] …et { $count } extrait de plus
       *[other] …et { $count } extraits de plus
    }

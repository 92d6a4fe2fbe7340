"""Every sentence about something wrong: what is wrong, where, and what to do.

One template a code; a test proves that each code has its sentence and each sentence its arguments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from quizlab.model import Code, Kind, Problem
from quizlab.telling.unseen import shown
from quizlab.telling.words import VERDICTS, one_line

if TYPE_CHECKING:  # at run time every command would load all that reads answers
    from quizlab.answers.reading import UnreadableCode

PROBLEMS: dict[Code, str] = {
    # practising
    "nothing_to_repeat": "Nijedno pitanje ne odgovara zadanomu (--due, --new, --mistakes, --oral). Vježbaj bez toga.",
    "write_without_regrade": "--write vrijedi samo uz --regrade.",
    "nothing_interrupted": "Nema prekinutog vježbanja koje bi se nastavilo. Započni novo: quizlab practice.",
    "no_blic_interrupted": "Nema prekinutog blica koji bi se nastavio. Započni novi: quizlab blic.",
    "nothing_to_write": "Nijedno odabrano pitanje nije za pismeni blic. Usmena vježbaj naredbom quizlab practice.",
    # reading a bank
    "bank_missing": "Banka pitanja ne postoji. Provjeri put do datoteke.",
    "bank_unreadable": "Banka se ne može pročitati ({why}). Provjeri put i prava pristupa.",
    "bank_too_big": "Banka je veća od {limit} MB. Podijeli je u više datoteka.",
    "bank_slow": (
        "Provjera banke traje predugo: do {number}. pitanja dulje od {limit} s. Skrati ga ili podijeli banku."
    ),
    "bank_not_utf8": "Tekst nije u kodiranju UTF-8. Spremi datoteku u njemu.",
    "bank_empty": "Banka je prazna. Treba joj popis „questions”.",
    "bank_not_mapping": "Banka mora biti mapiranje s ključevima title, groups i questions.",
    "no_questions": "Nema nijednog pitanja. Popis „questions” mora imati barem jedno.",
    "yaml_syntax": "YAML se ne može pročitati ({what}). Provjeri uvlake, dvotočke i navodnike.",
    "yaml_character": "Znak {character} nije dopušten u YAML-u. Ukloni ga.",
    "yaml_deep": "Zagrade i uvlake preduboko su ugniježđene (najviše {limit} razina). Provjeri jesu li zatvorene.",
    "yaml_wide": "Na jednome je mjestu više od {limit} polja; toliko ih banka nema. Provjeri je li to prava datoteka.",
    "yaml_alias": "Sidra i reference (&, *) nisu dopušteni. Napiši vrijednost na oba mjesta.",
    "yaml_tag": "Oznaka {tag} nije dopuštena. Ukloni je: banka sadrži samo podatke.",
    "yaml_key": "Ključ mora biti obična riječ. Provjeri zagrade i crtice.",
    "bank_json": "Banka se čita iz YAML-a, a ovo je JSON. Izvezene su banke samo za druge programe.",
    "duplicate_key": "Ključ „{key}” već stoji u retku {first}. Ukloni jedan od njih.",
    "duplicate_id": "Oznaka „{name}” već postoji u retku {first}. Svako pitanje mora imati svoju.",
    "duplicate_id_across": "Pitanje „{name}” postoji i u banci {other}. Promijeni jednu oznaku.",
    "missing_field": "Nedostaje polje „{field}”. Dodaj ga.",
    "unknown_field": "Polje „{field}” nije poznato. Provjeri kako je napisano.",
    "wrong_type": "Očekuje se {expected}, a piše {found}.",
    "bad_value": "Vrijednost „{found}” nije dopuštena. Može biti: {known}.",
    "unknown_kind": "Vrsta pitanja „{found}” ne postoji. Poznate su: {known}.",
    # what a question says
    "bad_id": "Oznaka „{name}” nije valjana. Počinje malim slovom (a–z); slijede mala slova, znamenke, - ili _.",
    "bad_tag": "Oznaka pogreške „{tag}” nije valjana. Počinje malim slovom (a–z); slijede mala slova, znamenke ili -.",
    "tag_twice": "Oznaka pogreške „{tag}” već postoji u ovom pitanju. Svaka pogreška mora imati svoju.",
    "empty_text": "Tekst je prazan. Napiši ga.",
    "unknown_placeholder": "Tekst spominje {{{name}}}, a pitanje nema takav parametar. Dodaj ga u params.",
    "unknown_hook": "Dokaz „{hook}” ne postoji. Popis ispisuje `quizlab hooks`.",
    "unknown_parameter": "Dokaz {hook} nema parametar „{name}”. Ima: {known}.",
    "bad_parameter": "Parametar {name} ne može biti „{value}”. Očekuje se {wanted}.",
    "unknown_variant": "Varijante mijenjaju „{name}”, a pitanje nema takav parametar ni oznaku. Dodaj ga u params.",
    "empty_variant": "Varijanta „{name}” nema nijednu vrijednost. Dodaj barem jednu.",
    "variant_unmentioned": "Varijante mijenjaju „{name}”, a tekst pitanja taj broj ne spominje. Napiši ga u asks.",
    "asks_without_variants": "Tekst asks vrijedi za druge brojeve, a pitanje ih nema. Dodaj variants ili ukloni asks.",
    "too_many_variants": "Kombinacija ima previše ({number}, a provjeriti se može najviše {most}). Skrati popise.",
    "too_many_answers": (
        "Odgovora sa svim kombinacijama ima previše ({number}, a provjeriti se može najviše {most}). Skrati popise."
    ),
    "too_many_models": "Pogrešaka sa svojim modelom ima previše ({number}, a može ih biti {most}). Skrati popis.",
    "too_many_words": "Riječi za odgovore ima previše ({number}, a može ih biti najviše {most}). Skrati popise.",
    "more_problems": "Ima ih još: {number}.",
    "answer_without_value": "Odgovor {answer} nema vrijednosti uz {numbers}. Ispravi ga ili ukloni te brojeve.",
    "mistake_is_key": "Pogreška {name} daje isto što i točan odgovor uz {numbers}. Ukloni te brojeve ili dodaj unless.",
    "mistakes_alike": "Pogreške {other} i {name} daju isto uz {numbers}. Ukloni te brojeve ili jednu pogrešku.",
    "options_alike": "Odgovori {other} i {name} isti su uz {numbers} ({value}). Ukloni te brojeve iz varijanata.",
    "option_text_given": "Tekst odgovora {letter} računa se iz polja answer. Ukloni text.",
    "option_not_last": "Odgovor {letter} stoji iza onoga koji mora ostati posljednji (last). Premjesti ga ispred.",
    "bad_letters": "Ponuđeni odgovori moraju biti a, b, c … redom i barem dva, a pišu: {found}.",
    "bad_key": "Ključ „{answer}” nije valjan. Navedi slova točnih odgovora, svako jednom.",
    "key_no_option": "Ključ je „{answer}”, a ponuđeno je samo: {known}.",
    "option_undecided": "Odgovor {letter} mora imati jedno od value, claim i answer; inače se ne zna što ga dokazuje.",
    "option_unexplained": "Krivi odgovor {letter} mora imati says i tag da bi se vidjelo zašto je kriv.",
    "option_twice": "Tekst odgovora {letter} već je ponuđen. Ponuđeni odgovori moraju se razlikovati.",
    "unreadable_answer": "Odgovor ne odgovara vrsti pitanja: {why}.",
    "no_points": "Otvoreno pitanje nema nijednu ključnu točku (points). Dodaj barem jednu.",
    "unknown_group": "Skupina „{group}” ne postoji. Poznate su: {known}.",
    "recollection_no_option": "Prisjećanje spominje odgovor „{option}”, a takvog nema među ponuđenima.",
    "claim_without_proof": "Pitanje nema dokaza (verify), pa tvrdnju „{claim}” ne može ništa izračunati. Ukloni je.",
    "dispute_no_option": "Spor brani odgovor „{option}”, a smije braniti samo jedan od ostalih: {known}.",
    "recollection_undecided": "Prisjećanje „{answer}” nema option ni claims, pa se ne može prosuditi.",
    "recollection_twice_decided": "Prisjećanje ima i option i claims. Ostavi jedno.",
    "ruling_without_claims": "Prosudba ne navodi nijednu tvrdnju (because), a bez izračuna ne vrijedi. Dodaj je.",
    "word_unclear": "„{word}” stoji uz odgovor {letter}, a čita se kao {found}. Riječ smije značiti samo svoj odgovor.",
    "word_taken": "Riječ „{word}” prazna je ili već nešto znači. Svaka smije značiti samo jednu oznaku.",
    "words_of_no_name": "Riječi su navedene za „{name}”, a takve oznake nema. Oznake su: {known}.",
    # what a sound question may still lack
    "no_mistakes": "Pitanje nema nijednu pogrešku (mistakes), pa krivi broj ne može reći što je bilo krivo.",
    "unused_parameter": "Parametar „{name}” nigdje se ne spominje. Ukloni ga ili ga upotrijebi.",
    "key_longest": "Točan odgovor {letter} mnogo je dulji od ostalih, pa se pogađa po duljini. Skrati ga.",
    "key_only_no": "Samo točan odgovor {letter} počinje s „ne”, pa se pogađa po tome. Preoblikuj odgovore.",
    "claim_twice": "Tvrdnja {claim} odlučuje na više mjesta: {places}. Svaka smije odlučivati samo na jednom.",
    "claim_homeless": (
        "Dokaz računa tvrdnju {claim}, a pitanje na njoj ne stoji. Navedi je uz odgovor, točku ili u requires; "
        "ako se samo prikazuje, u shows."
    ),
    "claim_elsewhere": "Tekst „{text}” riječima je bliži tvrdnji {other} nego svojoj, {claim}. Možda su zamijenjene.",
    "point_unclaimed": "Točka „{text}” ne navodi tvrdnju (claim), pa je ništa ne dokazuje.",
    "mistake_unbuilt": (
        "Uz krivi odgovor {name} nema modela koji ga daje (with). Dodaj ga ili razlog zašto ga nema (unbuilt)."
    ),
    "mistake_twice_built": "Uz krivi odgovor {name} stoje i with i unbuilt. Ostavi jedno.",
    # judging
    "key_refuted": "Ključ {key} opovrgnut je: izračunato je {value}.",
    "key_flips": "S tim brojevima odgovor je drukčiji: ključ {key} ne vrijedi, izračunato je {value}.",
    "option_also_right": "Odgovor {letter} također je potvrđen, a nije u ključu.",
    "point_refuted": "Ključna točka {point} ne vrijedi: {says}.",
    "claim_fails": "Tvrdnja {claim} ne vrijedi: {says}.",
    "unknown_claim": "Dokaz ne računa tvrdnju „{claim}”. Računa: {known}.",
    "nothing_measured": "Dokaz nije izmjerio nikakvu vrijednost.",
    "accepted_refuted": "Prihvaćeni oblik „{answer}” ne vrijedi ni u jednom izmjerenom slučaju.",
    "mistake_is_right": "Pogreška {tag} ({answer}) ne razlikuje se od izračunatog odgovora.",
    "mistake_not_computed": "Pogreška {tag} trebala bi dati {answer}, a izmijenjeni model daje {value}.",
    "ruling_unsupported": "Prosudba „{ruling}” za „{answer}” nema oslonca: ne vrijedi {claim}.",
    "ruling_contradicted": "Prosudba „{ruling}” za „{answer}” ne slijedi iz tvrdnji, nego „{computed}”.",
    "snippet_contradicts": "Isječak ispisuje „{prints}”, a u kodu vježbe izmjereno je „{measured}”.",
    "points_unclaimed": "Nijedna ključna točka ne navodi tvrdnju (claim), pa ih ništa ne dokazuje.",
    # running
    "torch_missing": 'Za živi dokaz treba PyTorch, a nije instaliran: python -m pip install "quizlab[proof]"',
    "torch_broken": (
        "PyTorch je instaliran, ali se ne može učitati ({why}). "
        "Instaliraj ga ponovno: python -m pip install --force-reinstall torch numpy"
    ),
    "torch_arriving": "PyTorch stiže u pozadini; dotad vrijede zapisani dokazi.",
    "torch_arrived": "PyTorch je stigao: dokazi su sada živi.",
    "torch_failed": "PyTorch nije stigao ({why}), pa vrijede zapisani dokazi. Što se dogodilo, piše u {log}.",
    "hook_failed": "Izračun je prekinut zbog pogreške {what} ({where}): {message}. Provjeri parametre i kôd vježbe.",
    "lab_failed": "Kôd vježbe {lab} ne može se učitati: {why}.",
    "lab_unusable": "Vježba {lab} iz paketa {distribution} ne učitava se: {why}.",
    "lab_twice": "Vježba {lab} iz paketa {distribution} izostavljena je: tako se već zove vježba iz paketa {other}.",
    "lab_left_out": "Vježba {lab} iz paketa {distribution} izostavljena je. Što nije u redu, ispisuje `quizlab check`.",
    "hooks_unusable": "Dokazi vježbe {lab} iz paketa {distribution} ne učitavaju se: {why}.",
    "evidence_unsendable": "Dokaz {hook} ({where}) vratio je nešto što se ne može prikazati: {message}.",
    "snippet_broken": "Isječak dokaza {hook} prekida se u {line}. retku zbog pogreške {what}: {message}.",
    "timed_out": "Izračun nije završio za {seconds} s, pa je prekinut. Pokušaj s manjim brojevima.",
    "worker_died": "Proces koji računa dokaz neočekivano je završio. Pokušaj ponovno.",
    "out_of_memory": "Izračunu je ponestalo memorije, pa je prekinut. Pokušaj s manjim brojevima.",
    "time_spent": (
        "Isteklo je vrijeme za ovo pitanje ({seconds} s): provjereno je {done} od {of} pogrešnih modela, "
        "pa ono nije dokazano do kraja."
    ),
    "memory_spent": (
        "Ponestalo je memorije za ovo pitanje: provjereno je {done} od {of} pogrešnih modela, "
        "pa ono nije dokazano do kraja."
    ),
    # a student's own code
    "own_no_path": "Nema ni mape ni datoteke {path}. Provjeri put iza --code.",
    "own_unknown_lab": "Tvoj kôd quizlab zna provjeriti samo za vježbe lab3 i lab4, a ne za {lab}.",
    "own_nothing": "U {path} nema koda vježbe {lab}. Traženo: {names}. Reci gdje je: --part model=lab4.py:MojModel.",
    "own_package": (
        "Datoteka {file} uvozi paket {package}, a on nije instaliran: python -m pip install {package}. "
        "Ili pokreni quizlab u svojoj okolini ({python} -m quizlab verify)."
    ),
    "own_unread": "Kôd se ne može učitati. {message}. Popravi datoteku pa pokreni ponovno.",
    "own_not_loaded": "Kôd u {path} ne može se učitati: Python je pri tome stao ili se srušio.",
    "own_settings": "Datoteka {path} nije ispravan TOML ({message}). Popravi je ili obriši.",
    "own_mapping_form": "„{text}” nije oblika dio=datoteka.py:Razred, npr. --part model=lab4.py:MojModel.",
    "own_mapping_part": "Nema dijela koji se zove „{text}”. Dijelovi su: {known}.",
    "own_mapping_file": "Nema datoteke {text} u mapi iza --code, ili se ne može pročitati.",
    "own_mapping_name": "U datoteci nema ni razreda ni funkcije „{text}”. Ima: {known}.",
    "own_alone": "Uz --code ne idu --set, --variants i --snippet. Pokreni ih bez --code.",
    "own_without_code": "--part i --write-parts vrijede samo uz --code.",
    # commands
    "nothing_found": "Nigdje ne piše „{text}”. Pokušaj s kraćim dijelom riječi.",
    "new_setting": "Postavka „{text}” nema oblik ime: vrijednost.",
    "new_no_proof": "„{text}” nije na popisu.",
    "new_broken": "Ovako pitanje ne bi bilo ispravno, pa u {path} ništa nije zapisano.",
    "new_unwritten": "Ne mogu zapisati {path} ({why}). Odaberi drugo mjesto.",
    "fact_undecided": "Zapis ima ili question (oznaku poznatog pitanja) ili prompt (tekst novoga), jedno od toga.",
    "fact_date": "Datum „{date}” nije dan oblika 2026-11-27.",
    "fact_options": "Ponuđenih odgovora smije biti najviše {limit}.",
    "recalled_left_out": "Vlastita su prisjećanja ovaj put izostavljena: {why}.",
    "results_left_out": "Zapisani rezultati blica ne mogu se pročitati ({path}), pa se prognoza računa bez njih.",
    "recall_day": "„{day}” nije dan koji je prošao: napiši danas, jučer, petak ili datum poput 27. 11. 2026.",
    "thread_not_new": "U {path} nema pitanja kojega u bankama još nema.",
    "unknown_question": "Ne poznajem „{name}”. Oznake pitanja i vježbi ispisuje `quizlab list`.",
    "unknown_question_near": "Ne poznajem „{name}”. Misliš li na {near}? Sve ispisuje `quizlab list`.",
    "unknown_topic": "Nema pitanja na temu „{topic}”. Teme su: {known}.",
    "nothing_selected": "Nijedno pitanje ne odgovara tom odabiru.",
    "nothing_named": "Navedi što treba provjeriti: oznaku pitanja, ime vježbe ili --all.",
    "not_settable": "Pitanje {id} nema parametar „{name}”. Može se mijenjati: {known}.",
    "nothing_settable": "Pitanje {id} nema parametara, pa se „{name}” ne može mijenjati.",
    "bad_setting": "„{text}” nije oblika ime=vrijednost, na primjer --set c_in=1.",
    "set_needs_one": "--set vrijedi za jedno pitanje, a odabrano ih je {number}. Navedi oznaku pitanja.",
    "variants_none": "Odabrana pitanja nemaju drugih brojeva, pa nema što varirati.",
    "no_format": "Navedi oblik izvoza: {known}.",
    "two_formats": "Odaberi samo jedan oblik izvoza.",
    "answers_only_md": "--answers vrijedi samo uz --md.",
    "bad_answers": "Odgovori ne mogu biti „{text}”. Uz --answers stoji jedno od: {known}.",
    "no_variants_there": "Uz {option} nema mjesta za varijante. Ukloni --variants.",
    "binary_to_terminal": "Izvoz {option} nije tekst, pa ne ide na terminal. Navedi datoteku s -o.",
    "library_missing": "Za {option} treba biblioteka {name}. Instaliraj je: python -m pip install {name}",
    "exported_without_torch": (
        'Bez PyTorcha nema dokaza za: {names}. Instaliraj ga: python -m pip install "quizlab[proof]"'
    ),
    "exported_recorded": "Dokazi nisu izračunati sada, nego zapisani {date} (torch {torch}).",
    "exported_unproved": "Dokaz nije izračunat za: {names}. Razlog ispisuje `quizlab verify`.",
    "exported_in_part": "Dokaz nije dovršen za: {names}. Razlog ispisuje `quizlab verify`.",
    "output_failed": "Ne mogu zapisati {path} ({why}). Odaberi drugo mjesto s -o.",
    "junit_failed": "Ne mogu zapisati {path} ({why}). Uz --junit navedi drugo mjesto.",
    "batch_failed": "Ne mogu pročitati {path} ({why}). Provjeri put i prava pristupa.",
    "batch_line": "Redak {line} datoteke {path} nije oblika „oznaka<tabulator>odgovor”.",
    "bad_moment": "Ne razumijem kad je „{text}”. Na primjer: petak u 8, sutra, 1. 12. 10:15 ili 2026-12-01.",
    "no_such_moment": "„{text}”: takvog dana ili sata nema u kalendaru. Na primjer: 1. 12. u 10:15 ili sutra.",
    "wrong_weekday": "Dan {date} je {is}, a piše {said}. Provjeri datum ili izostavi tu riječ.",
    "two_moments": "Ne vidi se misliš li na {date} ili na {time}. Datum piši s točkom iza mjeseca, a sat s dvotočkom.",
    "past_moment": "„{text}” je već prošlo. Navedi trenutak koji tek dolazi (po potrebi s godinom).",
    "answer_missing": "Navedi odgovor, na primjer: quizlab answer q4 a",
    "no_home": "Nema osobne mape u koju bih spremao napredak. Postavi varijablu {variable} na neku mapu.",
    "home_unknown": "Varijabla {variable} je „{path}”, a ne znam čija je to mapa. Napiši cijeli put do mape.",
    "progress_folder": "Ne mogu napraviti mapu za napredak {path} ({why}). Postavi QUIZLAB_HOME na drugu mapu.",
    "progress_is_folder": "Mapa {path} stoji na mjestu datoteke s napretkom. Premjesti je pa pokušaj ponovno.",
    "progress_unopened": "Ne mogu otvoriti datoteku {path}. Provjeri prava pristupa ili promijeni QUIZLAB_HOME.",
    "progress_gone": "Mape u kojoj je {path} više nema. Vrati je na to mjesto ili postavi QUIZLAB_HOME na novo.",
    "progress_readonly": "Napredak u {path} može se samo čitati. Promijeni prava pristupa ili QUIZLAB_HOME.",
    "progress_broken": "Datoteka {path} oštećena je ({why}) i nije dirana. Premjesti je ili vrati njezinu kopiju.",
    "progress_full": "Na disku nema mjesta za {path}. Prijašnji su odgovori sačuvani. Oslobodi prostor.",
    "progress_disk": "Disk ne prima ili ne daje podatke za {path}. Provjeri ga ili promijeni QUIZLAB_HOME.",
    "progress_busy": "Datoteku {path} predugo drži drugi quizlab. Zatvori ga pa pokušaj ponovno.",
    "progress_write": "Ne mogu zapisati odgovor u {path} ({why}). Oslobodi prostor ili postavi QUIZLAB_HOME.",
    "progress_copy": "Ne mogu napraviti kopiju {path} ({why}), pa ništa nije promijenjeno. Oslobodi prostor na disku.",
    "progress_newer": "Napredak u {path} zapisao je noviji quizlab. Nadogradi quizlab.",
    # the answer log carried, emptied
    "export_suffix": "Ne znam u kojem obliku zapisati {path}. Ime neka završava na: {known}.",
    "export_failed": "Ne mogu zapisati {path} ({why}). Odaberi drugo mjesto.",
    "reset_unasked": "Brisanje napretka treba potvrditi. Dodaj --yes ako ga zaista želiš obrisati.",
    "import_too_big": "Datoteka je veća od {limit} MB. Podijeli je u više datoteka.",
    "import_unknown": "Ovo nije izvezen napredak. Uvozi se JSON ili CSV koji ispisuje quizlab.",
    "import_newer": "Oblik {found} ove datoteke nije poznat. Nadogradi quizlab.",
    "import_json": "JSON se ne može pročitati. Provjeri zagrade, zareze i navodnike.",
    "import_shape": "JSON mora biti objekt s poljima version (cijeli broj) i answers (popis).",
    "import_record": "Odgovor mora biti objekt u vitičastim zagradama. Provjeri zagrade.",
    "import_time": "Vrijeme {found} nije valjano (od 1900. do 2999.). Na primjer: 2024-06-02T21:14:00+00:00.",
    "import_text": "Očekuje se tekst u navodnicima, a piše {found}.",
    "import_number": "Očekuje se broj od {least} do {most}, a piše {found}.",
    "import_rounded": (
        "Program za tablice zaokružio je broj na {found}. Izvezi napredak ponovno, ili prije spremanja stupcu zadaj "
        "oblik broja bez decimala."
    ),
    "import_params": "Očekuje se tekst s JSON-objektom brojeva i riječi, a piše {found}.",
    "import_csv": "CSV se ne može pročitati. Provjeri navodnike.",
    "import_header": "Prvi redak CSV-a mora imenovati stupce. Poznati su: {known}; prva tri moraju postojati.",
    "import_columns": "Broj stupaca u retku je {number}, a treba ih biti {count}.",
    "bad_time_limit": "Varijabla {variable} ima vrijednost „{text}”, a treba broj sekundi veći od 0, npr. 120.",
    "unforeseen": "Dogodila se neočekivana pogreška ({what}). Pojedinosti su zapisane u {path}; priloži ih prijavi.",
    "unforeseen_unkept": "Dogodila se neočekivana pogreška: {what}. Prepiši to u prijavu.",
    "stdout_refused": "Ispis se ne može zapisati do kraja ({why}). Oslobodi prostor ili ga preusmjeri drugamo.",
    "no_room": "Sustav ne dopušta otvaranje datoteka ili procesa ({why}). Zatvori druge programe pa pokušaj ponovno.",
    "no_folder": "Mapa u kojoj stoji ovaj terminal više ne postoji. Prijeđi u drugu naredbom cd pa pokušaj ponovno.",
    "path_refused": "Ne mogu do {path} ({why}). Provjeri put i prava pristupa.",
    "interrupted": "Prekinuto.",
    "narrow": "Terminal je preuzak (stupaca: {width}), pa ispisujem običan tekst.",
    # a model that is described
    "spec_empty": "Model nema nijednog sloja. Napiši slojeve redom, na primjer: Conv2d(1, 32, 3), ReLU.",
    "spec_too_long": "Opis modela je predug (znakova: {length}, a čitam najviše {limit}).",
    "spec_character": "Znak {found} na {position}. mjestu opisa ne razumijem.",
    "spec_expected": "Kod {position}. znaka opisa očekuje se {wanted}, a stoji {found}.",
    "spec_deep": "Kod {position}. znaka opisa zagrade su preduboko ugniježđene (najviše {limit} razina).",
    "spec_operations": "Izraz kod {position}. znaka opisa predug je: najviše {limit} računskih operacija.",
    "spec_number": "Broj kod {position}. znaka opisa ima previše znamenaka (najviše {limit}).",
    "spec_layer": "Sloj „{name}” ({position}. znak) ne poznajem. Slični su mu: {near}.",
    "spec_argument": "Sloj {layer} ({position}. znak) nema argument „{name}”. Ima: {known}.",
    "spec_twice": "Sloj {layer} ({position}. znak) dobiva argument „{name}” dvaput.",
    "spec_place": "Sloj {layer} ({position}. znak) ima vrijednost bez imena iza imenovane. Imenovane dolaze na kraju.",
    "spec_too_many": "Sloj {layer} ({position}. znak) prima argumenata najviše {most} ({known}), a dobiva {number}.",
    "spec_missing": "Sloju {layer} ({position}. znak) treba i argument {name}.",
    "spec_unfit": "Sloj {layer} ({position}. znak): {name} ne može biti {value}. Očekuje se {wanted}.",
    "spec_flag": "Umjesto „{name}” napiši {flag}.",
    "spec_name": "Ne znam koliko je „{name}”. Zadaj mu broj, na primjer --set {name}=3.",
    "spec_no_value": "Izraz {expression} nema vrijednost koja bi mogla biti veličina.",
    "spec_too_many_layers": "Model ima previše slojeva. Može ih biti najviše {limit}.",
    "spec_repeat": "Slojevi se ne mogu ponoviti {value} puta ({count}, {position}. znak). Može od 0 do {limit} puta.",
    "spec_input": "Ulaz ne može biti {text}. Očekuju se veličine od 1 nadalje, na primjer 64,1,28,28.",
    "spec_needs_input": "Da bi se izračunalo {asks}, treba oblik ulaza, na primjer 64,1,28,28.",
    "spec_without": "Model nema „{name}”, pa se to ne može izostaviti, ili bez toga od njega ništa ne ostaje.",
    "spec_order": "Redoslijed „{order}” ne navodi točno slojeve modela. To su: {known}.",
    "spec_too_big": "Tenzor {shape} ima više elemenata nego što ih PyTorch može prebrojiti.",
    "spec_tensor": "Model nema tenzor „{name}”. Ima: {known}.",
    "spec_tuple_shape": "Model vraća n-torku {shape}, pa izlaz nema jedan oblik. Odaberi element, na primjer s [0].",
    "spec_setting": "Broj za „{name}” ne može biti „{text}”. Očekuje se cijeli broj od 1 nadalje.",
    "spec_function": "Funkciju „{name}” ne pozivam. Slične su joj: {near}.",
    "spec_refused": "Funkcija {name} ne prima te argumente. PyTorch kaže „{why}”.",
    "spec_no_tuple": "Funkcija ne vraća n-torku nego {type}, pa nema duljinu.",
    "spec_no_shape": "Ono što funkcija vraća ({type}) nema jedan oblik.",
    "chain_layer": "Sloj {number}, {layer}: {why}.",
    "chain_input": "Sloj {number}, {layer}: {why}. Ulaz mu je oblika {shape}.",
    "chain_tuple": (
        "Sloj {number}, {layer}: očekuje tenzor, a {before} ispred njega vraća n-torku {shape}. "
        "Odaberi njezin element: {before}(…)[0]."
    ),
    "chain_element": "Element [{index}] ne postoji: {layer} daje {shape}, pa je duljina {length}.",
    "snippet_differs": "Isječak ispisuje „{found}”, a izračunato je „{wanted}”. To je pogreška quizlaba; prijavi je.",
    "snippet_failed": "Isječak se prekida ({what}: {message}). To je pogreška quizlaba; prijavi je.",
    # the command line itself
    "completion_installed": "Dopunjavanje tipkom Tab je postavljeno. Vrijedi od sljedećeg otvaranja terminala.",
    "completion_unwritten": "Dopunjavanje se ne može postaviti ({why}). Skriptu ispisuje `quizlab --show-completion`.",
    "unknown_shell": "Ne prepoznajem ovu ljusku. Dopunjavanje radi u ljuskama bash, zsh, fish i PowerShell.",
    "no_command": "Naredba „{name}” ne postoji. Naredbe ispisuje `quizlab --help`.",
    "no_command_near": "Naredba „{name}” ne postoji. Misliš li na „quizlab {near}”? Sve ispisuje `quizlab --help`.",
    "no_option": (
        "Mogućnost {name} ne postoji. Ako to nije mogućnost, stavi ispred -- i razmak. Pomoć ispisuje `{path} --help`."
    ),
    "no_option_near": "Mogućnost {name} ne postoji. Misliš li na {near}? Pomoć ispisuje `{path} --help`.",
    "not_together": "Uz {one} ne vrijedi „{other}”. Ostavi jedno od toga.",
    "no_parameter": "Nedostaje {name}. Pomoć ispisuje `{path} --help`.",
    "option_value": "Vrijednost za {name} nije valjana: očekuje se {wanted}. Pomoć ispisuje `{path} --help`.",
    "extra_argument": "Suvišno je „{name}”. Pomoć ispisuje `{path} --help`.",
    "option_needs_value": "Mogućnost {name} traži vrijednost. Pomoć ispisuje `{path} --help`.",
    "option_without_value": "Mogućnost {name} ne prima vrijednost. Pomoć ispisuje `{path} --help`.",
    "usage": "Naredba nije ispravno napisana ({message}). Pomoć ispisuje `{path} --help`.",
}

UNREADABLE: dict[UnreadableCode, str] = {
    "empty": "Ništa nije upisano",
    "given_up": "„{typed}” nije odgovor; ako ne znaš, preskoči pitanje",
    "too_long": "Odgovor je predug (znakova: {length}, a čitam najviše {limit})",
    "odd_character": "Ne mogu pročitati „{typed}”: {position}. znak je neobičan ({character})",
    "not_a_number": "Ne mogu pročitati „{typed}” kao broj",
    "not_a_count": "„{typed}” nije cijeli broj, a traži se upravo takav",
    "ambiguous_number": "„{typed}” može biti {one} ili {other}; napiši broj bez dvosmislenog znaka",
    "missing_bracket": "Ne mogu pročitati „{typed}”: nedostaje zagrada „{bracket}”",
    "unknown_symbol": "Ne mogu pročitati „{typed}”: ne znam što je „{symbol}”; oznake su {known}",
    "unexpected": "Ne mogu pročitati „{typed}”: „{symbol}” tu ne očekujem ({position}. znak)",
    "unfinished": "Ne mogu pročitati „{typed}”: izraz nije dovršen",
    "missing_argument": "Ne mogu pročitati „{typed}”: funkciji „{symbol}” nedostaje argument u zagradi",
    "ambiguous_fraction": "„{typed}” može se čitati na dva načina kod „{symbol}”; dodaj zagrade",
    "too_big": "Ne mogu pročitati „{typed}”: broj je prevelik",
    "sides_differ": "Lijeva i desna strana u „{typed}” nisu jednake ({one} i {other}); napiši samo odgovor",
    "no_value": "„{typed}” nema vrijednost (dijeli se nulom ili slično)",
    "ambiguous_shape": "„{typed}” može biti {one} ili {other}; napiši oblik sa zagradama",
    "not_a_shape": "Ne mogu pročitati „{typed}” kao oblik tenzora: nedostaje zarez ili zagrada",
    "not_a_size": "Ne mogu pročitati „{typed}”: „{size}” ne može biti dimenzija tenzora",
    "not_an_interval": "Ne mogu pročitati „{typed}” kao interval",
    "ends_not_said": "Iz „{typed}” se ne vidi pripadaju li rubovi; napiši {open} ili {closed}",
    "unknown_type": "Ne poznajem tip „{typed}”; poznajem {known}",
    "not_an_option": "„{typed}” ne prepoznajem kao ponuđeni odgovor ({known})",
    "one_option_only": "Traži se jedan odgovor, a u „{typed}” ih je više (ponuđeno je {known})",
    "several_options": "„{typed}” može značiti više ponuđenih odgovora ({known}); dodaj riječ po kojoj se razlikuju",
    "not_a_point": "Ne mogu pročitati „{typed}”: upiši brojeve točaka od {known}, „sve” ili „ništa”",
    "wrong_number_of_parts": "Traže se redom: {parts} (dijelova: {expected}), a u „{typed}” ih nalazim {found}",
    "unknown_word": "Ne mogu pročitati „{typed}”: ne znam što je „{symbol}”",
}

# no hint may be the answer of a question that is being asked (a test holds it)
HINTS: dict[Kind, str] = {
    "number": "Upiši broj ili račun, znamenkama i znakovima + - * / **",
    "shape": "Na primjer: (3, 7) ili 3x7",
    "type": "Na primjer: float ili torch.Size",
    "formula": "Piši je znakovima + - * / ** i zagradama, na primjer: 3*a**2 + 7",
    "interval": "Na primjer: [2, 5) ili <2, 5>",
    "text": "Odgovori s nekoliko riječi",
    "tuple": "Dijelove odvoji točkom sa zarezom",
    "choice": "Upiši slovo jednog od ponuđenih odgovora",
    "multi": "Upiši slova svih točnih odgovora, s razmakom među njima",
    "open": "Upiši brojeve točaka, na primjer: 1 3",
}

SHAPES = {"mapping": "mapiranje (ključ: vrijednost)", "list": "popis", "scalar": "jedna vrijednost"}

YAML = {
    "mapping values are not allowed in this context": "dvotočka je ondje gdje ne smije biti",
    "mapping values are not allowed here": "dvotočka je ondje gdje ne smije biti",
    "could not find expected ':'": "nedostaje dvotočka",
    "did not find expected key": "ključ nije ondje gdje se očekuje",
    "did not find expected '-' indicator": "nedostaje crtica ili je uvlaka kriva",
    "did not find expected ',' or ']'": "nedostaje zarez ili ]",
    "did not find expected ',' or '}'": "nedostaje zarez ili }",
    "did not find expected node content": "nedostaje vrijednost",
    "did not find expected <document start>": "iza kraja banke stoji još nešto",
    "expected a single document": "banka ima više dokumenata, a smije imati jedan",
    "found unexpected end of stream": "navodnik nije zatvoren",
    "found character that cannot start any token": "riječ ne smije početi tabulatorom ni znakom @, ` ili %",
    "found unknown escape character": "iza \\ stoji nepoznat znak",
    "found a tab character that violates indentation": "uvlaka je tabulator, a u YAML-u smije biti samo od razmaka",
    "found a tab character where an indentation space is expected": "uvlaka je tabulator umjesto razmaka",
    "block sequence entries are not allowed in this context": "popis s crticama ondje ne smije početi",
    "mapping keys are not allowed in this context": "ključ je ondje gdje ne smije biti",
    "found unexpected ':'": "dvotočka je ondje gdje ne smije biti",
    "found unexpected document indicator": "u tekstu pod navodnicima stoji oznaka kraja dokumenta",
    "did not find expected <block end>": "redak nije uvučen kao oni iznad njega",
    "did not find expected hexdecimal number": "iza \\x ili \\u treba stajati heksadekadski broj",
    "found invalid Unicode character escape code": "iza \\u stoji znak kojega nema",
    "did not find expected comment or line break": "iza vrijednosti stoji još nešto",
    "did not find expected whitespace or line break": "nedostaje razmak ili novi redak",
    "did not find expected alphabetic or numeric character": "iza & ili * nedostaje ime",
    "did not find expected tag URI": "iza uskličnika nedostaje oznaka",
    "found an indentation indicator equal to 0": "uvlaka ne može biti 0",
    "found undefined tag handle": "oznaka s uskličnikom nije poznata",
    "could not find expected directive name": "iza znaka % na početku retka nedostaje riječ",
    "found unexpected non-alphabetical character": "iza znaka % na početku retka nije riječ",
    "found unknown directive name": "redak koji počinje znakom % nije poznat",
    "found incompatible YAML document": "inačica YAML-a nije podržana",
}

WHY = {
    "Permission denied": "nema prava pristupa",
    "Operation not permitted": "nema prava pristupa",
    "Is a directory": "to je mapa",
    "Not a directory": "dio puta nije mapa",
    "No such file or directory": "ne postoji",
    "File name too long": "ime je predugačko",
    "No space left on device": "nema više mjesta na disku",
    "Read-only file system": "disk se može samo čitati",
    "File too large": "datoteka je prevelika",
    "file is not a database": "to nije datoteka s napretkom",
    "a folder": "to je mapa, a ne datoteka",
    "in no folder": "nema te mape",
    "not UTF-8": "nije UTF-8",
    "another database": "to je baza nekog drugog programa",
    "tables missing": "nedostaju tablice",
    "database disk image is malformed": "sadržaj se ne može pročitati",
    "database or disk is full": "nema više mjesta na disku",
    "disk I/O error": "disk javlja pogrešku",
    "attempt to write a readonly database": "datoteka se može samo čitati",
    "unable to open database file": "datoteka se ne može otvoriti",
    "database is locked": "drži je drugi proces",
    "Input/output error": "disk javlja pogrešku",
    "Disk quota exceeded": "prostor koji ti je dodijeljen pun je",
    "Too many open files": "otvoreno je previše datoteka",
    "Too many levels of symbolic links": "poveznice se vrte u krug",
    "Device or resource busy": "uređaj je zauzet",
    "Text file busy": "datoteka se upravo izvršava",
    "Directory not empty": "mapa nije prazna",
    "File exists": "već postoji",
    "Invalid argument": "sustav ne prima takvo ime ili vrijednost",
    "Stale file handle": "mrežna mapa više nije dostupna",
    "Transport endpoint is not connected": "mrežna mapa više nije dostupna",
    "Bad file descriptor": "tok je zatvoren",
    "Broken pipe": "onaj tko je čitao više ne čita",
    "Resource temporarily unavailable": "sustav trenutačno nema slobodnih sredstava",
    "Cannot allocate memory": "nema dovoljno memorije",
    "embedded null byte": "u imenu je nulti bajt",
    "Argument list too long": "previše je argumenata",
}

TYPES = {"int": "cijeli broj", "float": "broj", "str": "tekst"}

LONGEST = 300


QUOTED = ("found", "text", "name", "topic", "symbol")
"""Arguments that are what somebody wrote: what cannot be seen in them is named."""


LONE = re.compile("[\ud800-\udfff]")
"""What stands in a file's name for a byte that is no text."""


def _worded(name: str, text: str) -> str:
    """One argument of a sentence: safe, on one line, and in Croatian where it is a word of the program."""
    text = one_line(shown(text) if name in QUOTED else LONE.sub("\ufffd", text))
    if name == "wanted":
        first, _, rest = text.partition(" ")
        if first == "float":
            rest = rest.replace(".", ",")
        return f"{TYPES.get(first, first)} {rest}".strip()
    if name in ("says", "message"):  # the sentence around them has its own full stop
        text = text.rstrip(".")
    tables = {"expected": SHAPES, "found": SHAPES, "what": YAML, "why": WHY, "ruling": VERDICTS}
    tables["computed"] = VERDICTS
    text = tables.get(name, {}).get(text, text)
    return (text if len(text) <= LONGEST else text[:LONGEST] + "…") or "–"


def say(code: Code, particulars: Mapping[str, str]) -> str:
    """The sentence of a code, its arguments made safe and put on one line."""
    words = {name: _worded(name, text) for name, text in particulars.items()}
    if code == "unreadable_answer":
        reason = UNREADABLE[cast("UnreadableCode", particulars["why"])].format_map({"typed": words["answer"], **words})
        words["why"] = reason[:1].lower() + reason[1:]
    return PROBLEMS[code].format_map(words)


def unreadable(code: UnreadableCode, particulars: Mapping[str, str], part: int, kind: Kind) -> str:
    """Why an answer cannot be read, how it could be written, and that it costs nothing."""
    words = {name: one_line(shown(text) if name in QUOTED else text) or "–" for name, text in particulars.items()}
    where = f" ({part}. dio)" if part else ""
    hint = "" if code == "given_up" else f" {HINTS[kind]}."
    return f"{UNREADABLE[code].format_map(words)}{where}.{hint} Ovo se ne broji."


def problem(found: Problem) -> str:
    """A problem with its breadcrumbs: «datoteka:redak: q1: polje: sentence»."""
    place = f"{found.file}:{found.line}" if found.file and found.line else found.file
    crumbs = [one_line(LONE.sub("\ufffd", crumb)) for crumb in (place, found.id, found.field) if crumb]
    return ": ".join([*crumbs, say(found.code, found.args)])

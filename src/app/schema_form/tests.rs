//! What a person does with the draft, without a window.

use super::*;
use crate::app::widget::Field;

/// The form of the default schema; `CITY` has 12 spans.
fn form() -> SchemaForm {
    let all = BTreeMap::from([("CITY".into(), 12)]);
    SchemaForm::new(&Schema::default(), Counts { own: all.clone(), all })
}

fn ids(form: &SchemaForm) -> Vec<&str> {
    form.labels.iter().map(|label| label.id.as_str()).collect()
}

/// Adds a label of that English name.
fn add(form: &mut SchemaForm, english: &str) {
    form.add();
    form.chosen().unwrap().en = Field::new(english);
    form.follow_names();
}

/// Adds a layer of that English name.
fn add_layer(form: &mut SchemaForm, english: &str) {
    form.add_layer();
    form.chosen_layer().unwrap().en = Field::new(english);
    form.follow_names();
}

#[test]
fn what_nobody_changed_is_as_it_was() {
    assert_eq!(form().read(), Ok(Schema::default()));
}

#[test]
fn ids_are_made_of_english_names_and_stay() {
    for (english, id) in [
        ("Court ruling", "COURT_RULING"),
        ("  a.b--c! ", "A_B_C"),
        ("City", "CITY_2"),
        ("محكمة", "LABEL"),
        ("", "LABEL"),
    ] {
        let mut form = form();
        add(&mut form, english);
        assert_eq!(ids(&form)[4], id, "{english}");
    }
    let mut form = form();
    form.chosen().unwrap().en = Field::new("Town");
    form.follow_names();
    let schema = form.read().unwrap();
    assert_eq!(schema.label(&"CITY".into()).unwrap().name.en, "Town");
}

#[test]
fn a_new_label_takes_a_free_key_and_a_free_color() {
    let mut form = form();
    add(&mut form, "Court");
    let label = form.chosen().unwrap().clone();
    assert_eq!(label.key, Some(5));
    assert!(form.labels[..4].iter().all(|other| other.color != label.color));
    assert_eq!(form.read().unwrap().labels().count(), 5);
}

#[test]
fn a_label_with_spans_stays_and_is_told_why() {
    let mut form = form();
    form.remove();
    assert_eq!(ids(&form).len(), 4);
    assert!(form.notice.as_ref().unwrap().en.contains("12 spans"));
    form.choose(At::Label(3));
    form.remove();
    assert_eq!((ids(&form), form.at()), (vec!["CITY", "AGENCY", "COUNT"], At::Label(2)));
}

#[test]
fn a_key_moves_to_the_latest() {
    let mut form = form();
    form.choose(At::Label(2));
    form.set_key(Some(1));
    assert!(form.notice.as_ref().unwrap().en.contains("City"));
    let schema = form.read().unwrap();
    assert_eq!(schema.label_of_key(1).unwrap().id.as_str(), "COUNT");
    assert_eq!(schema.label(&"CITY".into()).unwrap().key, None);
    form.set_key(None);
    assert_eq!(form.notice, None);
    assert!(form.read().unwrap().label_of_key(1).is_none());
}

#[test]
fn labels_and_layers_change_places_among_their_like() {
    let mut form = form();
    assert!(!form.may_move(false) && form.may_move(true));
    form.move_by(true);
    form.move_by(true);
    assert_eq!(ids(&form), ["AGENCY", "COUNT", "CITY", "DATE"]);
    form.move_by(false);
    assert_eq!((ids(&form)[1], form.at()), ("CITY", At::Label(1)));
    add_layer(&mut form, "Events");
    add(&mut form, "Fire");
    form.choose(At::Layer(1));
    assert!(!form.may_move(true));
    form.move_by(false);
    assert_eq!(ids(&form), ["FIRE", "AGENCY", "CITY", "COUNT", "DATE"]);
    let schema = form.read().unwrap();
    assert_eq!(schema.layers()[0].id.as_str(), "events");
    assert_eq!(schema.layers()[1].labels.len(), 4);
}

#[test]
fn a_label_without_spans_moves_to_another_layer_and_one_with_spans_stays() {
    let mut form = form();
    add_layer(&mut form, "Events");
    form.choose(At::Label(0));
    form.move_to_layer(1);
    assert_eq!(form.at(), At::Label(0));
    form.choose(At::Label(1));
    form.move_to_layer(1);
    assert_eq!(
        (ids(&form), form.at()),
        (vec!["CITY", "COUNT", "DATE", "AGENCY"], At::Label(3))
    );
    let schema = form.read().unwrap();
    assert_eq!(schema.layer_of(&"AGENCY".into()).unwrap().id.as_str(), "events");
    // A layer goes only without its labels.
    form.choose(At::Layer(1));
    form.remove();
    assert!(form.notice.as_ref().unwrap().en.contains("has labels"));
    form.choose(At::Label(3));
    form.remove();
    assert_eq!(form.at(), At::Layer(1));
    form.remove();
    assert_eq!(form.layers().len(), 1);
}

#[test]
fn attributes_are_added_ordered_and_taken_away() {
    let mut form = form();
    form.choose(At::Label(2));
    form.add_attribute();
    assert!(matches!(form.fault(At::Label(2)), Some(Fault::Attribute(1, _))));
    form.chosen().unwrap().attributes[1].en = Field::new("Of Whom");
    form.follow_names();
    form.swap_attributes(0);
    let attributes = |form: &SchemaForm| -> Vec<String> {
        let schema = form.read().unwrap();
        let label = schema.label(&"COUNT".into()).unwrap();
        label.attributes.iter().map(|of| of.id.to_string()).collect()
    };
    assert_eq!(attributes(&form), ["of_whom", "of"]);
    let attribute = &mut form.chosen().unwrap().attributes[0];
    attribute.value.kind = Kind::Choice;
    assert!(matches!(form.fault(At::Label(2)), Some(Fault::Attribute(0, _))));
    form.chosen().unwrap().attributes[0].value.choices = Field::new("رجال، نساء");
    assert_eq!(form.fault(At::Label(2)), None);
    form.remove_attribute(1);
    assert_eq!((attributes(&form), &form.notice), (vec!["of_whom".to_owned()], &None));
    // Of one that is saved, whose label has spans, it is said what may become of it.
    let all = BTreeMap::from([("COUNT".into(), 3)]);
    let mut form = SchemaForm::new(&Schema::default(), Counts { own: all.clone(), all });
    form.choose(At::Label(2));
    form.remove_attribute(0);
    assert!(form.notice.as_ref().unwrap().en.contains("3 spans"));
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    let mut form = form();
    add(&mut form, "city ");
    let fault = form.fault(At::Label(4));
    assert!(matches!(fault, Some(Fault::Name(why)) if why.en.contains("CITY")));
    form.chosen().unwrap().en = Field::new(" ");
    let fault = form.fault(At::Label(4));
    assert!(matches!(fault, Some(Fault::Name(why)) if why.en.contains("Write")));
    assert!(form.read().is_err());
    let label = form.chosen().unwrap();
    label.ar = Field::new("حكم");
    label.hex = Field::new("#12345");
    assert!(matches!(form.fault(At::Label(4)), Some(Fault::Color(_))));
    let label = form.chosen().unwrap();
    label.hex = Field::new("00fF7f");
    label.read_hex();
    label.value.kind = Kind::Choice;
    assert!(matches!(form.fault(At::Label(4)), Some(Fault::Choices(_))));
    form.chosen().unwrap().value.choices = Field::new("نعم، لا, ربما ،");
    form.chosen().unwrap().examples = Field::new("بطنجة → طنجة\n\n فاس ");
    let schema = form.read().unwrap();
    let label = schema.label(&"CITY_2".into()).unwrap();
    let choices = ["نعم", "لا", "ربما"].map(str::to_owned).to_vec();
    assert_eq!((&label.value, label.color), (&ValueKind::Choice(choices), [0, 255, 127]));
    assert_eq!(label.examples, ["بطنجة → طنجة", "فاس"]);
}

#[test]
fn without_labels_there_is_no_schema() {
    let mut form = SchemaForm::new(&Schema::default(), Counts::default());
    for _ in 0..4 {
        form.remove();
    }
    assert!(form.read().unwrap_err().en.contains("at least one label"));
    add(&mut form, "Court");
    assert_eq!(form.read().unwrap().label_of_key(1).unwrap().id.as_str(), "COURT");
}

#[test]
fn every_step_of_the_draft_can_be_taken_back() {
    let mut form = form();
    let field = Some(egui::Id::unique("field"));
    form.keep_step(None);
    assert!(!form.can_undo());
    form.choose(At::Label(3));
    form.remove();
    form.keep_step(None);
    // What is written in one field is one step.
    for name in ["T", "To", "Town"] {
        form.choose(At::Label(0));
        form.chosen().unwrap().en = Field::new(name);
        form.keep_step(field);
    }
    add(&mut form, "Court");
    form.keep_step(None);
    let last = form.draft();
    form.step(true);
    assert_eq!((ids(&form).len(), form.labels[0].name().en.as_str()), (3, "Town"));
    form.step(true);
    assert_eq!(form.labels[0].name().en, "City");
    form.step(true);
    assert_eq!(form.read(), Ok(Schema::default()));
    assert!(!form.can_undo());
    for _ in 0..3 {
        form.step(false);
    }
    assert_eq!(form.draft(), last);
    // A label that was never saved still takes its id from its name.
    form.chosen().unwrap().en = Field::new("Tribunal");
    form.follow_names();
    assert_eq!(ids(&form)[3], "TRIBUNAL");
    form.keep_step(None);
    assert!(!form.can_redo());
}

#[test]
fn labels_of_another_schema_are_taken_and_none_is_lost() {
    let mut form = form();
    let mut layers = Schema::default().layers().to_vec();
    let labels = &mut layers[0].labels;
    labels.truncate(2);
    labels[0].name = Name::new("بلدة", "Town");
    labels[1].key = Some(7);
    let mut ship = labels[0].clone();
    ship.id = "SHIP".into();
    ship.name = Name::new("سفينة", "Ship");
    ship.key = Some(4);
    let events = Layer { id: "events".into(), labels: vec![ship], ..layers[0].clone() };
    layers.push(Layer { name: Name::new("أحداث", "Events"), ..events });
    form.take(&Schema::new(layers).unwrap());
    assert!(form.notice.as_ref().unwrap().en.contains("1 new, 2 changed"));
    let schema = form.read().unwrap();
    assert_eq!(ids(&form), ["CITY", "AGENCY", "COUNT", "DATE", "SHIP"]);
    assert_eq!(schema.label(&"CITY".into()).unwrap().name.en, "Town");
    assert_eq!(schema.label(&"AGENCY".into()).unwrap().key, Some(7));
    // Its key was taken, its id stays.
    let ship = schema.label(&"SHIP".into()).unwrap();
    assert_eq!((ship.key, schema.layers().len()), (None, 2));
    form.choose(At::Label(4));
    form.chosen().unwrap().en = Field::new("Vessel");
    form.follow_names();
    assert_eq!(ids(&form)[4], "SHIP");
}
